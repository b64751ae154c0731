import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { codeOf } from '../../node/file-error';
import { UsageError } from '../usage-error';

/** What a configuration file says: YAML, which JSON is as well. */
export async function configFile(path: string): Promise<unknown> {
  const text = await read(path);
  try {
    return parse(text) as unknown;
  } catch (reason) {
    const [said = ''] = reason instanceof Error ? reason.message.split('\n') : []; // the lines behind it quote the file, keys and all
    throw new UsageError(`${path} is neither YAML nor JSON: ${said.replace(/:$/, '')}`);
  }
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
