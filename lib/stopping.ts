import { type Observable, ReplaySubject } from 'rxjs';
import type { CompletionError } from './domain/error';

/** Whether a run still sends, and if not, why. */
export interface Stopping {
  /** Why nothing more is sent. */
  readonly reason: () => CompletionError | undefined;
  /** From now on nothing is sent. The first reason stays. */
  readonly stop: (reason: CompletionError) => void;
  /** Those who wait are told, too. Apart from `stop`, so that the row that was the reason can come first. */
  readonly tell: () => void;
  /** Emits, once, why nothing may be sent any more; late subscribers are told, too. */
  readonly stopped$: Observable<CompletionError>;
}

export function stopping(): Stopping {
  const stopped$ = new ReplaySubject<CompletionError>(1);
  let reason: CompletionError | undefined;
  return {
    reason: () => reason,
    stop: (because) => {
      reason ??= because;
    },
    tell: () => {
      if (reason !== undefined) stopped$.next(reason);
    },
    stopped$,
  };
}
