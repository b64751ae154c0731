import type { Either } from 'fp-ts/Either';
import type { Completion } from './completion';
import type { CompletionError } from './error';
import type { CompletionRequest } from './request';

/** How the answers of a run are read, and asked for again when they cannot be. `withOutput` makes one. */
export interface Output<Res extends Completion = Completion> {
  /** How often one group may be asked again; 0: never. */
  readonly reask: number;
  /** The completion with what was read in it, or why it could not be. A failure that is not retryable is not asked about again. */
  readonly read: (completion: Completion) => Either<CompletionError, Res>;
  /** The request that asks again: `said` is the text of the answer that could not be read. */
  readonly again: (request: CompletionRequest, said: string) => CompletionRequest;
}

/** A completion whose content was decoded: `output` is what the codec made of it. */
export type StructuredCompletion<A> = Completion & { readonly output: A };

/** What the answers are when `output` is `Out`: as it reads them, or plain completions without one. */
export type ReadBy<Out extends Output | undefined> = Out extends Output<infer Res> ? Res : Completion;
