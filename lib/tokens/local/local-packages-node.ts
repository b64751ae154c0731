import { realpath } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { workingFolder } from './working-folder';

/**
 * The folders in which a package would be installed, nearest first: as Node looks for it from the working folder, then from where the
 * program lies. They need not exist. What a package says in its `exports` is not asked: few list their `tokenizer.json`.
 */
export async function localPackages(name: string): Promise<readonly string[]> {
  const program = process.argv[1];
  const real = program === undefined ? undefined : await realpath(program).catch(() => program);
  const bases = [join(workingFolder(), 'index.js'), ...(real === undefined ? [] : [real])];
  const roots = bases.flatMap((base) => createRequire(base).resolve.paths(name) ?? []);
  return [...new Set(roots)].map((root) => join(root, name));
}
