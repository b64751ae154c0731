import type { ObservableInput, Observer } from 'rxjs';
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
  /** From its first value nothing new is taken; what is under way finishes, then the stream completes. */
  readonly stopTaking?: (ObservableInput<unknown> & object) | undefined;
  /** Told how far the run is, at most ten times a second, the last time when it ends. An observer is completed then. */
  readonly progress?: ((progress: Progress) => void) | Partial<Observer<Progress>> | undefined;
  /** Stops sending when more than `ratio` (0 to 1) of the rows are failures, of `minimum` rows at least. */
  readonly maxErrorRate?: { readonly ratio: number; readonly minimum: number } | undefined;
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
