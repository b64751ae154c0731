import { TestScheduler, type RunHelpers } from 'rxjs/testing';

/** Runs a spec in virtual time: a frame is a millisecond, and hours pass at once. */
export function inVirtualTime(spec: (helpers: RunHelpers) => void): void {
  new TestScheduler((actual, expected) => {
    expect(actual).toEqual(expected);
  }).run(spec);
}
