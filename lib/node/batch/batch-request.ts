import type { CompletionRequest } from '../../domain/request';

/** What a request that was read from a file brings along; never sent. */
export interface BatchMetadata {
  /** The line's own name, or `line-<n>`. */
  readonly custom_id: string;
  /** From 1. */
  readonly line: number;
}

/** A request of a file. */
export type BatchRequest = CompletionRequest & { readonly metadata: BatchMetadata };
