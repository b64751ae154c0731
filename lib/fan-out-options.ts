import type { ObservableInput, Observer } from 'rxjs';
import type { Journal } from './bulk/journal';
import type { Progress } from './bulk/progress';

/** How a fan-out is run. */
export interface FanOutOptions {
  /** Requests under way at a time. Default 8. Infinity: all at once, for finite input. */
  readonly concurrency?: number | undefined;
  /** The first failure ends the run: the stream errors with it and the rest is torn down. Default false: failures are rows. */
  readonly failFast?: boolean | undefined;
  /** Rows as they finish, or as they stand in the input (streamed). Default `'completion'`. */
  readonly order?: 'completion' | 'input' | undefined;
  /** With `order: 'input'`: how many requests may be taken beyond the next row to be emitted. Default 1000. */
  readonly window?: number | undefined;
  /** Aborts the run: the stream errors with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** From its first value nothing new is taken; what is under way finishes, then the stream completes. Its error is the stream's. */
  readonly stopTaking?: (ObservableInput<unknown> & object) | undefined;
  /** Told how far the run is, at most ten times a second, the last time when it ends. An observer is completed then. */
  readonly progress?: ((progress: Progress) => void) | Partial<Observer<Progress>> | undefined;
  /** Stops sending when more than `ratio` (0 to 1) of the rows are failures, of `minimum` rows at least. */
  readonly maxErrorRate?: { readonly ratio: number; readonly minimum: number } | undefined;
  /**
   * Where results are written down, each before it is emitted, so that another run can go on from there: what it finds finished it emits
   * as `restored`, unsent. Failures are run again. When the journal fails nothing more is sent, what is under way ends and is emitted,
   * and the stream errors with a `JournalError`. `fileJournal` of `rx-fanout/node` is one.
   */
  readonly journal?: Journal | undefined;
  /** Equal requests that are under way at the same time share one call. Default false. */
  readonly dedupe?: boolean | undefined;
  /** The name of the run: part of what its journal knows its requests by, and what `snapshot().runs` lists it under. */
  readonly tag?: string | undefined;
  /** Monotonic clock (ms), for `timing` and rates. Default `performance.now`. */
  readonly now?: (() => number) | undefined;
}

/** The same, checked and complete. */
export interface FanOutSettings extends FanOutOptions {
  readonly concurrency: number;
  readonly failFast: boolean;
  readonly order: 'completion' | 'input';
  readonly window: number;
  readonly now: () => number;
}
