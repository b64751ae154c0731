import { map, timer } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { virtualTime } from '../../lib/testing/index';

describe('virtualTime', () => {
  it('reads the virtual clock inside TestScheduler.run', () => {
    new TestScheduler((actual, expected) => {
      expect(actual).toEqual(expected);
    }).run(({ expectObservable }) => {
      expect(virtualTime.now()).toBe(0);
      expectObservable(timer(3_600_000).pipe(map(virtualTime.now))).toBe('60m (a|)', { a: 3_600_000 });
    });
  });

  it('reads the real clock outside', () => {
    const times = [Date.now(), virtualTime.now(), Date.now()];
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('gives the wall clock the same time', () => {
    new TestScheduler((actual, expected) => {
      expect(actual).toEqual(expected);
    }).run(({ expectObservable }) => {
      expectObservable(timer(7).pipe(map(virtualTime.wallNow))).toBe('7ms (a|)', { a: 7 });
    });
  });

  it('leaves nothing to chance', () => {
    expect([virtualTime.random(), virtualTime.random()]).toEqual([0, 0]);
  });
});
