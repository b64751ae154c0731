import { asyncScheduler, map, type Observable, timer } from 'rxjs';
import { loadCache, type LoadCache } from '../../../lib/tokens/load/load-cache';
import { inVirtualTime } from '../../support/in-virtual-time';

const keys = { value: 'v', call: 'c' };
const clock = { failureTtlMs: 60_000, now: () => asyncScheduler.now() };
const failing = (cache: LoadCache<string>, load$: Observable<string>, ttl = clock) =>
  cache.load$(keys, () => load$, ttl);

describe('loadCache', () => {
  it('loads once for callers at the same time, and for ever', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const cache = loadCache<string>();
      const source = cold('          --a|');
      const load$ = cache.load$(keys, () => source, clock);
      expectObservable(load$).toBe('---(a|)');
      expectObservable(load$, '-^').toBe('---(a|)');
      expectObservable(load$, '600m ^').toBe('600m (a|)');
      expectSubscriptions(source.subscriptions).toBe('^--!');
    });
  });

  it('goes on while one caller is left, and aborts with the last', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const cache = loadCache<string>();
      const source = cold('---------a|');
      const load$ = cache.load$(keys, () => source, clock);
      expectObservable(load$, '^--!').toBe('-');
      expectObservable(load$, '-^---!').toBe('-');
      expectObservable(load$, '-------^').toBe('-----------------(a|)');
      expectSubscriptions(source.subscriptions).toBe(['^----!', '-------^---------!']);
    });
  });

  it('gives a failure again until it is too old, then loads anew', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const cache = loadCache<string>();
      const source = cold('-#');
      const load$ = failing(cache, source);
      expectObservable(load$).toBe('-#');
      expectObservable(load$, '-----^').toBe('-----#');
      expectObservable(load$, '60000ms ^').toBe('60000ms #'); // it failed at 1 ms
      expectObservable(load$, '60001ms ^').toBe('60001ms -#');
      expectObservable(load$, '60010ms ^').toBe('60010ms #');
      expectSubscriptions(source.subscriptions).toBe(['^!', '60001ms ^!']);
    });
  });

  it('forgets a failure at once with a time of 0', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('-#');
      const load$ = failing(loadCache<string>(), source, { ...clock, failureTtlMs: 0 });
      expectObservable(load$).toBe('-#');
      expectObservable(load$, '--^').toBe('---#');
      expectSubscriptions(source.subscriptions).toBe(['^!', '--^!']);
    });
  });

  it('has a failure for one call only, and a value for all that want it', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const cache = loadCache<string>();
      const without$ = cache.load$({ value: 'v', call: 'without' }, () => cold('#'), clock);
      const with$ = cache.load$({ value: 'v', call: 'with' }, () => timer(5).pipe(map(() => 'a')), clock);
      expectObservable(without$).toBe('#');
      expectObservable(with$, '-^').toBe('------(a|)');
      expectObservable(without$, '---^').toBe('---#');
      expectObservable(without$, '--------^').toBe('--------(a|)');
    });
  });

  it('fails when loading cannot even begin, and remembers that', () => {
    inVirtualTime(({ expectObservable }) => {
      const load = jest.fn((): Observable<string> => {
        throw 'error'; // eslint-disable-line @typescript-eslint/only-throw-error -- what marbles have
      });
      const load$ = loadCache<string>().load$(keys, load, clock);
      expectObservable(load$).toBe('#');
      expectObservable(load$, '-^').toBe('-#');
    });
  });

  it('knows what was loaded, and nothing else', () => {
    inVirtualTime(({ cold, flush }) => {
      const cache = loadCache<string>();
      cache.load$(keys, () => cold('-a|'), clock).subscribe();
      expect(cache.loaded('v')).toBeUndefined();
      flush();
      expect(cache.loaded('v')).toBe('a');
      expect(cache.loaded('c')).toBeUndefined();
    });
  });
});
