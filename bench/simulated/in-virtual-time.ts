import { asyncScheduler, defer, type Observable } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';

/** A value, and when it came (ms from the start, virtual). */
export interface Timed<A> {
  readonly value: A;
  readonly at: number;
}

/** All that a source emits in virtual time, where minutes pass at once and a timer is never late. It is made inside, so that its clocks are virtual from the first. */
export function inVirtualTime<A>(source: () => Observable<A>): readonly Timed<A>[] {
  const heard: Timed<A>[] = [];
  const failures: unknown[] = [];
  new TestScheduler(() => undefined).run(() =>
    defer(source).subscribe({
      next: (value) => heard.push({ value, at: asyncScheduler.now() }),
      error: (failure: unknown) => failures.push(failure),
    }),
  );
  if (failures.length > 0) throw failures[0];
  return heard;
}
