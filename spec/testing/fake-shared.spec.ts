import { map, mergeMap, tap } from 'rxjs';
import { fakeShared } from '../../lib/testing/index';
import { inVirtualTime } from '../support/in-virtual-time';

const key = 'deployment:a:requests';

describe('fakeShared', () => {
  it('hands out what is asked for, after a delay, until the limit is used up; again when it cannot be in use any more', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const { acquire } = fakeShared({ limits: { [key]: 10 }, delayMs: 3, validMs: 1000 });
      const leases$ = cold('ab').pipe(
        mergeMap(() => acquire(key, 6)),
        map(({ amount }) => amount),
      );
      expectObservable(leases$).toBe('---a 60999ms (b)', { a: 6, b: 6 });
    });
  });

  it('serves wishes in order, and what is given back at once', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const { acquire, used } = fakeShared({ limits: { [key]: 10 } });
      acquire(key, 10).subscribe(({ giveBack }) => {
        cold('-----g').subscribe(() => {
          giveBack(7);
        });
      });
      const wish$ = (amount: number) => acquire(key, amount).pipe(map((lease) => lease.amount));
      expectObservable(wish$(5)).toBe('-----(a|)', { a: 5 });
      expectObservable(
        wish$(2).pipe(
          tap(() => {
            expect(used(key)).toBe(10);
          }),
        ),
      ).toBe('-----(a|)', { a: 2 });
    });
  });

  it('lets who leaves the line hold up nobody', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const { acquire, stats } = fakeShared({ limits: { [key]: 10 } });
      acquire(key, 4).subscribe();
      expectObservable(acquire(key, 10), '^--!').toBe('-');
      expectObservable(acquire(key, 6).pipe(map(({ amount }) => amount))).toBe('---(a|)', { a: 6 });
      flush();
      expect(stats()).toEqual({ wishes: 0, listeners: 0 });
    });
  });

  it('hands out no more than a slice at a time, and without end what has no limit', () => {
    inVirtualTime(({ expectObservable }) => {
      const { acquire } = fakeShared({ slice: 4 });
      const wish$ = acquire('quota:account:tokens', 1e9).pipe(map(({ amount }) => amount));
      expectObservable(wish$).toBe('(a|)', { a: 4 });
    });
  });

  it('has every listener hear a hint, after the delay', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const { tell, hints$, hints } = fakeShared({ delayMs: 2 });
      const hint = { deployment: 'a', cooledForMs: 5000, cause: 'failing' };
      cold('-h').subscribe(() => {
        tell(hint);
      });
      expectObservable(hints$).toBe('---h', { h: hint });
      expectObservable(hints$, '^-!').toBe('-');
      expect(hints).toEqual([]);
    });
  });
});
