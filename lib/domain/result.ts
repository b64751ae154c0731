import type { Either } from 'fp-ts/Either';
import type { Completion } from './completion';
import type { CompletionError } from './error';
import type { CompletionRequest } from './request';
import type { Usage } from './usage';

/** How long a request took, on the clock of the run (ms). */
export interface Timing {
  /** From its arrival to its first call: for a lane, a place at a deployment, or a cooldown. */
  readonly queuedMs: number;
  /** From the moment a lane took it to its result. */
  readonly elapsedMs: number;
  /** From the moment a lane took it to its first content; of a streamed answer. */
  readonly firstChunkMs?: number;
}

/** One row of a fan-out: what became of one request. */
export interface FanoutResult<Req, Res, Err = unknown> {
  /** Place in the input, from 0. */
  readonly index: number;
  /** The very object that was given. */
  readonly request: Req;
  /** `Left` a failure, `Right` the answer. */
  readonly outcome: Either<Err, Res>;
  readonly timing: Timing;
  /** Taken from a journal: nothing was sent, and what else the row says is of the run that wrote it. */
  readonly restored?: true;
  /** Answered by the call of an equal request (`dedupe`), whose row has what it took. */
  readonly shared?: true;
}

/** One call to one deployment. */
export interface Attempt {
  /** Id of the deployment. */
  readonly deployment: string;
  /** Wall clock (ms since the epoch). */
  readonly startedAt: number;
  readonly elapsedMs: number;
  /** `throttled`: the provider asked us to wait; `aborted`: we ended it. */
  readonly ended: 'ok' | 'failed' | 'throttled' | 'aborted';
  readonly error?: CompletionError;
  readonly hedge?: true;
  readonly usage?: Usage;
  /** USD, 0 when nothing had to be paid; absent when the price is not known. */
  readonly cost?: number;
}

/** One row of a router's fan-out. */
export interface ParallelResult<Req = CompletionRequest, Res = Completion> extends FanoutResult<
  Req,
  Res,
  CompletionError
> {
  /** Every call made for the request, in order. */
  readonly attempts: readonly Attempt[];
  /** Id of the deployment that answered. */
  readonly deployment?: string;
  /** Of all attempts. */
  readonly usage: Usage;
  /** USD, of all attempts; absent when a price is unknown, or nothing was sent. */
  readonly cost?: number;
  /** In `race$` and `ensemble$`: the group that was asked. */
  readonly group?: string;
}
