import { EMPTY, throwError } from 'rxjs';
import type { LocalTokenizers } from './local-tokenizers';
import { TokenizerProblem } from '../load/tokenizer-problem';

/** For browsers and workers, which have no folders. */
export const localFiles: LocalTokenizers = {
  workingFolder: () => '',
  inFolder$: () => throwError(() => new TokenizerProblem('folders can be read only in Node', 'use a hub as source')),
  inPackage$: () => EMPTY,
  noPackage: () => new TokenizerProblem('packages can be read only in Node', 'use a hub as source'),
};
