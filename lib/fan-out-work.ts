import type { Either } from 'fp-ts/Either';
import type { ObservableInput } from 'rxjs';
import type { Recorded } from './bulk/journal';
import type { Tally } from './bulk/progress-meter';
import type { CompletionError } from './domain/error';
import type { Timing } from './domain/result';
import type { RequestContext } from './request-context';

/** What is done with each request. */
export interface FanOutWork<Req, A, Row> {
  /** The sub-request. It may throw, error, or end without a value: that becomes the `Left` that `toRow` is given. */
  readonly run: (request: Req, index: number, context: RequestContext) => ObservableInput<A> & object;
  readonly toRow: (request: Req, index: number, settled: Either<unknown, A>, timing: Timing) => Row;
  /** Told of each request that a lane has taken, before anything is done with it: also when a stopped run gives it its row unsent. */
  readonly taken?: ((request: Req, index: number) => void) | undefined;
  /**
   * How often each request is run, one turn after the other; default once. For the work, `index` counts the turns of all of them; the rows
   * that leave have the index of their request.
   */
  readonly times?: number | undefined;
  /** Why, after this row, nothing more is to be sent: what is under way ends, what waits or has not begun ends with this failure. */
  readonly stopsRun?: ((row: Row) => CompletionError | undefined) | undefined;
  /** What only the work itself can count, of one run, for `progress`. */
  readonly tally?: Tally | undefined;
  /** How requests are told apart and rows written down. */
  readonly memory: Memory<Req, Row>;
}

/** What `journal` and `dedupe` have to know of a kind of work. */
export interface Memory<Req, Row> {
  /** What is sent of a request: those for which it is equal, as JSON, are equal. */
  readonly body: (request: Req, index: number) => unknown;
  /** What else must be equal, as JSON, for one call to serve two requests; `undefined`: it shares its call with none. */
  readonly alike: (request: Req) => unknown;
  readonly record: (row: Row) => Recorded;
  /** The row that was recorded. Throws when it is none. */
  readonly restore: (request: Req, index: number, recorded: Recorded) => Row;
  /** The row of a request that an equal one's call has answered. */
  readonly shared: (row: Row) => Row;
}
