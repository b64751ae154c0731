import {
  asyncScheduler,
  concat,
  defer,
  finalize,
  map,
  type MonoTypeOperatorFunction,
  type Observer,
  of,
  Subject,
  takeUntil,
  tap,
  throttleTime,
} from 'rxjs';
import type { Progress } from './progress';
import type { ProgressMeter } from './progress-meter';

const everyMs = 100;

/**
 * Tells an observer how far the source is: when a count has changed, but at most ten times a second; once more when the
 * source ends, before the end itself is passed on; then completes it. After an unsubscribe it is told nothing. An observer
 * that throws is rxjs's to report: the source goes on.
 */
export function reportProgress<T>(
  observer: ((progress: Progress) => void) | Partial<Observer<Progress>>,
  { changed$, read }: Pick<ProgressMeter, 'changed$' | 'read'>,
): MonoTypeOperatorFunction<T> {
  return (source$) =>
    defer(() => {
      const ended$ = new Subject<void>();
      const sometimes$ = changed$.pipe(
        throttleTime(everyMs, asyncScheduler, { leading: true, trailing: true }),
        takeUntil(ended$),
      );
      // eslint-disable-next-line rxjs-x/no-ignored-error -- counting cannot fail; the handlers are the caller's
      const reports = concat(sometimes$, of('last')).pipe(map(read)).subscribe(observer);
      const end = (): void => {
        ended$.next();
      };
      return source$.pipe(
        tap({ complete: end, error: end }),
        finalize(() => {
          reports.unsubscribe();
        }),
      );
    });
}
