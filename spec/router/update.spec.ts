import { map, timer } from 'rxjs';
import { accumulate } from '../../lib/accumulate';
import { ConfigError } from '../../lib/config/config-error';
import type { RouterConfig } from '../../lib/config/router-config';
import { text } from '../../lib/domain/completion';
import { createRouter } from '../../lib/router';
import { fakeProvider, virtualTime } from '../../lib/testing/index';
import { brief } from '../support/brief';
import { inVirtualTime } from '../support/in-virtual-time';

const answering = (text: string, afterMs = 100) => fakeProvider([{ afterMs, text }]);

describe('update', () => {
  it('lets calls under way end on what they have, and asks the new ones from then on', () => {
    inVirtualTime(({ expectObservable }) => {
      const old = { ...virtualTime, deployments: [{ group: 'g', id: 'old', ...answering('old') }] };
      const router = createRouter(old);
      timer(50).subscribe(() => {
        router.update({ ...virtualTime, deployments: [{ group: 'g', id: 'new', ...answering('new') }] });
      });
      const who$ = router.parallel$(['a', 'b'], { concurrency: 1 }).pipe(map(({ deployment }) => deployment));
      expectObservable(who$).toBe('100ms a 99ms (b|)', { a: 'old', b: 'new' });
    });
  });

  it('gives those who wait to a deployment that was added', () => {
    inVirtualTime(({ expectObservable }) => {
      const slow = { group: 'g', id: 'slow', maxParallel: 1, ...answering('slow', 1000) };
      const router = createRouter({ ...virtualTime, deployments: [slow] });
      timer(50).subscribe(() => {
        router.update({ ...virtualTime, deployments: [slow, { group: 'g', id: 'quick', ...answering('quick', 10) }] });
      });
      expectObservable(router.parallel$(['a', 'b', 'c']).pipe(map(brief))).toBe('60ms (bc) 936ms (a|)', {
        a: 'slow',
        b: 'quick',
        c: 'quick',
      });
    });
  });

  it('tells those who wait for a group that is gone', () => {
    inVirtualTime(({ expectObservable }) => {
      const one = { group: 'g', id: 'one', maxParallel: 1, ...answering('one', 1000) };
      const router = createRouter({ ...virtualTime, deployments: [one] });
      timer(50).subscribe(() => {
        router.update({ ...virtualTime, deployments: [{ ...one, group: 'other' }] });
      });
      expectObservable(router.parallel$(['a', 'b']).pipe(map(brief))).toBe('50ms b 949ms (a|)', {
        a: 'one',
        b: '!NoDeployment',
      });
    });
  });

  it('keeps what is known of a deployment: its calls, its limits, its cooldown', () => {
    inVirtualTime(({ flush }) => {
      const failing = { group: 'g', id: 'a', rpm: 100, allowedFails: 0, ...fakeProvider([{ status: 500 }]) };
      const config = {
        ...virtualTime,
        maxRetries: 0,
        deployments: [failing, { group: 'g', id: 'b', ...answering('b') }],
      };
      const router = createRouter(config);
      router.parallel$(['a', 'b']).subscribe();
      flush();
      const [before] = router.snapshot().deployments;
      router.update({ ...config, deployments: [{ ...failing, rpm: 50 }] });
      expect(router.snapshot().deployments).toEqual([{ ...before, limits: { rpm: 50, rpmLeft: 49 } }]);
    });
  });

  it('takes over what follows when a stream breaks, for stream$ too', () => {
    inVirtualTime(({ expectObservable }) => {
      const broken = fakeProvider([{ chunks: ['a red '], fail: 'cut' }, { chunks: ['cherry'] }]);
      const config = { ...virtualTime, deployments: [{ group: 'g', id: 'a', ...broken }] };
      const router = createRouter(config);
      router.update({ ...config, onStreamBreak: 'continue' });
      const whole$ = router.stream$('a').pipe(accumulate(), map(text));
      expectObservable(whole$).toBe('500ms (a|)', { a: 'a red cherry' });
    });
  });

  it('takes another key for another deployment: a cooldown for the old one is over', () => {
    inVirtualTime(({ flush }) => {
      const wrong = { group: 'g', id: 'a', ...fakeProvider([{ status: 401 }]) };
      const router = createRouter({ ...virtualTime, deployments: [wrong] });
      router.result$('a').subscribe();
      flush();
      expect(router.snapshot().deployments[0]?.health).toBe('cooling');
      router.update({ ...virtualTime, deployments: [{ ...wrong, ...answering('a') }] });
      expect(router.snapshot().deployments[0]?.health).toBe('open');
    });
  });

  it('keeps what was spent, under another budget', () => {
    inVirtualTime(({ flush }) => {
      const deployments = [{ group: 'g', id: 'a', ...answering('a') }];
      const router = createRouter({ ...virtualTime, deployments, budget: { requests: 2 } });
      const rows: string[] = [];
      const run = (): void => {
        router
          .parallel$(['a', 'b', 'c'])
          .pipe(map(brief))
          .subscribe((row) => rows.push(row));
        flush();
      };
      run();
      router.update({ ...virtualTime, deployments, budget: { requests: 3 } });
      run();
      expect(rows).toEqual(['a', 'a', '!BudgetExceeded', 'a', '!BudgetExceeded', '!BudgetExceeded']);
    });
  });

  it('changes names, fallbacks and strategies', () => {
    inVirtualTime(({ expectObservable }) => {
      const deployments = [
        { group: 'g', id: 'a', order: 1, ...answering('a') },
        { group: 'g', id: 'b', order: 0, ...answering('b') },
      ];
      const router = createRouter({ ...virtualTime, deployments });
      router.update({ ...virtualTime, deployments, strategy: 'priority-order', aliases: { mine: 'g' } });
      const request = { model: 'mine', messages: [{ role: 'user' as const, content: 'hi' }] };
      expectObservable(router.result$(request).pipe(map(brief))).toBe('100ms (a|)', { a: 'b' });
    });
  });

  it('refuses a configuration with problems, and changes nothing', () => {
    const deployments = [{ group: 'g', id: 'a', ...answering('a') }];
    const router = createRouter({ deployments });
    const problemsOf = (config: RouterConfig): readonly string[] => {
      try {
        router.update(config);
      } catch (error) {
        if (error instanceof ConfigError) return error.problems;
      }
      return [];
    };
    expect(problemsOf({ deployments: [] })).toEqual([
      'deployments: expected at least one deployment, got an empty array',
    ]);
    expect(problemsOf({ deployments, random: () => 0, caps: { bodyBytes: 1 } })).toEqual([
      'caps: a running router keeps it: give the same one, or make another router',
      'random: a running router keeps it: give the same one, or make another router',
    ]);
    expect(router.snapshot().deployments.map(({ id }) => id)).toEqual(['a']);
  });

  it('knows the same caps when it sees them again', () => {
    const deployments = [{ group: 'g', id: 'a', ...answering('a') }];
    const router = createRouter({ deployments, caps: { bodyBytes: 10 } });
    expect(() => {
      router.update({ deployments, caps: { bodyBytes: 10 } });
    }).not.toThrow();
  });
});
