import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { defaultCaps } from '../../transport/caps';
import { parseJson } from '../../transport/parse-json';
import { tokenizerJson } from '../load/tokenizer-json';
import { TokenizerProblem } from '../load/tokenizer-problem';

/**
 * The value of a JSON file, `undefined` where there is none. Rejects with a `TokenizerProblem` for one that is over the limit (it is not
 * read), broken, or not to be read.
 */
export async function localJson(path: string, maxBytes: number): Promise<unknown> {
  const name = basename(path);
  const text = await textOf(path, name, maxBytes);
  return text === undefined ? undefined : tokenizerJson(name, parseJson(text, defaultCaps), 'copy or install it again');
}

async function textOf(path: string, name: string, maxBytes: number): Promise<string | undefined> {
  try {
    const facts = await stat(path);
    if (!facts.isFile()) throw new TokenizerProblem(`${name} is no file`, 'check the path'); // a pipe would be waited for
    if (facts.size <= maxBytes) return await readFile(path, 'utf8');
    throw new TokenizerProblem(`${name} is larger than maxBytes, ${String(maxBytes)}`, 'check the path, or allow more');
  } catch (reason) {
    if (reason instanceof TokenizerProblem) throw reason;
    const code = codeOf(reason);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new TokenizerProblem(`${name} cannot be read (${code})`, 'check its permissions, and the path');
  }
}

function codeOf(reason: unknown): string {
  return typeof reason === 'object' && reason !== null && 'code' in reason ? String(reason.code) : typeof reason;
}
