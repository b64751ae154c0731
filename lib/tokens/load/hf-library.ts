import type * as Hf from '@huggingface/tokenizers';
import { defer, type Observable } from 'rxjs';
import { TokenizerProblem } from './tokenizer-problem';

export type HfLibrary = Pick<typeof Hf, 'Tokenizer'>;

/** Hugging Face's tokenizers, loaded when subscribed to. Emits them and completes; errors with a `TokenizerProblem` when the package is not there. */
export const hfLibrary$: Observable<HfLibrary> = defer(
  () => import('@huggingface/tokenizers').catch(missing), // `catch` right there, so that a bundler lets it be missing
);

function missing(): never {
  throw new TokenizerProblem(
    'the package @huggingface/tokenizers cannot be loaded',
    'npm install @huggingface/tokenizers',
  );
}
