import type { Attempt, FanoutResult } from './domain/result';

/** A row of either kind, as the engine sees it: a router's knows its calls. */
export type AnyRow = FanoutResult<unknown, unknown> & { readonly attempts?: readonly Attempt[] };
