import { TestScheduler } from 'rxjs/testing';
import { timer } from 'rxjs';
import { aborted } from '../../lib/rx/aborted';

it('errors with the reason when the signal is aborted, or at once when it was', () => {
  new TestScheduler((actual, expected) => {
    expect(actual).toEqual(expected);
  }).run(({ expectObservable }) => {
    const [later, before, never] = [new AbortController(), new AbortController(), new AbortController()];
    before.abort('was');
    timer(2).subscribe(() => {
      later.abort('now');
    });
    expectObservable(aborted(later.signal)).toBe('--#', undefined, 'now');
    expectObservable(aborted(before.signal)).toBe('#', undefined, 'was');
    expectObservable(aborted(never.signal), '---!').toBe('----');
  });
});
