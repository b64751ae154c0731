import { asyncScheduler } from 'rxjs';

/**
 * Clock and chance for a router inside `TestScheduler.run`: `now` and `wallNow` (ms) are the scheduler's virtual time, so that waits
 * and `startedAt` are the same in every run; `random` is always 0, so that no wait is jittered (back-off takes exactly 500, 1000,
 * 2000 ms …, a hint exactly as long as it says) and of equal deployments the first is chosen. For another constant write your own
 * `random` behind the spread.
 *
 * @example
 * new TestScheduler(assertEqual).run(({ expectObservable }) => {
 *   const { completion$ } = createRouter({ ...virtualTime, deployments: [{ group: 'fake', ...fakeProvider([{ text: 'hi' }]) }] });
 *   expectObservable(completion$('hello').pipe(map(text))).toBe('(a|)', { a: 'hi' });
 * });
 */
export const virtualTime: {
  readonly now: () => number;
  readonly wallNow: () => number;
  readonly random: () => number;
} = {
  now: () => asyncScheduler.now(),
  wallNow: () => asyncScheduler.now(),
  random: () => 0,
};
