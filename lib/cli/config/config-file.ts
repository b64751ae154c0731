import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import { codeOf } from '../../node/file-error';
import { UsageError } from '../usage-error';

/** What a configuration file says: YAML, which JSON is as well. */
export async function configFile(path: string): Promise<unknown> {
  const document = parseDocument(await read(path), { logLevel: 'error' }); // its warnings would quote the file, keys and all
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined)
    throw new UsageError(`${path} is neither YAML nor JSON: ${withoutQuotes(problem.message)}`);
  try {
    const said: unknown = document.toJS();
    JSON.stringify(said); // an alias of what it is in has no end
    return said;
  } catch {
    throw new UsageError(`${path} has an alias (*name) that stands for nothing, or for too much: write it out`);
  }
}

/** What is wrong and where, without the piece of the file that it is about. */
function withoutQuotes(message: string): string {
  const [said = ''] = message.split('\n');
  return said.replace(/:$/, '').replace(/: .*(?= at line \d+, column \d+$)/, '');
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (reason) {
    if (codeOf(reason) === 'ENOENT') throw new UsageError(`there is no file ${path}: name it by --config`);
    throw new UsageError(
      `${path} cannot be read (${codeOf(reason) ?? 'unknown'}): --config wants a file of YAML or JSON`,
    );
  }
}
