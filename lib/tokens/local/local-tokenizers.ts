import type { Observable } from 'rxjs';
import type { TokenizerFiles } from '../load/tokenizer-files';
import type { TokenizerProblem } from '../load/tokenizer-problem';

/** Tokenizers on this machine. All error with a `TokenizerProblem`. */
export interface LocalTokenizers {
  /** What relative folders and packages are looked up from. */
  readonly workingFolder: () => string;
  /** The files in a folder, read when subscribed to. Emits them and completes. */
  readonly inFolder$: (path: string, maxBytes: number) => Observable<TokenizerFiles>;
  /** The files in an installed package, or in its folder `models`. Completes without a value when it is not installed, or has none. */
  readonly inPackage$: (name: string, maxBytes: number) => Observable<TokenizerFiles>;
  /** Why `inPackage$` had none. */
  readonly noPackage: (name: string) => TokenizerProblem;
}
