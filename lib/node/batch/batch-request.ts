import type { CompletionRequest } from '../../domain/request';

/** What a request that was read from a file brings along; never sent. It takes the place of OpenAI's `metadata`, of completions that they store. */
export interface BatchMetadata {
  /** The line's own name, or `line-<n>`. */
  readonly custom_id: string;
  /** From 1. */
  readonly line: number;
}

/** A request of a file. */
export type BatchRequest = CompletionRequest & { readonly metadata: BatchMetadata };
