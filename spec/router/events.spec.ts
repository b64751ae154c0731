import { config } from 'rxjs';
import type { RouterEvent } from '../../lib/domain/router-event';
import { createRouter, type FanoutRouter } from '../../lib/router';
import { fakeProvider, virtualTime, type FakeProvider, type FakeReply } from '../../lib/testing/index';
import { brief } from '../support/brief';
import { inVirtualTime } from '../support/in-virtual-time';

const ok: FakeReply = { afterMs: 10, text: 'ok' };

/** What a router tells of a run of so many requests. */
function told(fakes: readonly FakeProvider[], requests: number, config: object = {}): readonly RouterEvent[] {
  const events: RouterEvent[] = [];
  inVirtualTime(({ flush }) => {
    const deployments = fakes.map((fake, i) => ({ id: 'abc'.charAt(i), group: 'g', ...fake, ...config }));
    const router = createRouter({ ...virtualTime, deployments });
    router.events$.subscribe((event) => events.push(event));
    router.parallel$(Array(requests).fill('the prompt')).subscribe();
    flush();
  });
  return events;
}
const at = (time: number, deployment = 'a', index = 0) => ({ at: time, group: 'g', deployment, index });
const wait = (time: number, index = 0) => ({ at: time, group: 'g', index });

describe('events$', () => {
  it('tells the story of a retry', () => {
    expect(told([fakeProvider([{ status: 500, afterMs: 10 }, ok])], 1)).toEqual([
      { type: 'attempt-started', ...at(0), attempt: 1 },
      { type: 'attempt-failed', ...at(10), attempt: 1, elapsedMs: 10, tag: 'ServerError' },
      { type: 'retry-scheduled', ...wait(10), waitMs: 500, tag: 'ServerError' },
      { type: 'attempt-started', ...at(510), attempt: 2 },
      { type: 'attempt-succeeded', ...at(520), attempt: 2, elapsedMs: 10 },
    ]);
  });

  it('tells the story of a move', () => {
    expect(told([fakeProvider([{ status: 500 }]), fakeProvider([ok])], 1)).toEqual([
      { type: 'attempt-started', ...at(0), attempt: 1 },
      { type: 'attempt-failed', ...at(0), attempt: 1, elapsedMs: 0, tag: 'ServerError' },
      { type: 'retry-scheduled', ...wait(0), waitMs: 0, tag: 'ServerError' },
      { type: 'attempt-started', ...at(0, 'b'), attempt: 2 },
      { type: 'attempt-succeeded', ...at(10, 'b'), attempt: 2, elapsedMs: 10 },
    ]);
  });

  it('tells the story of a throttle', () => {
    expect(told([fakeProvider([{ status: 429, headers: { 'retry-after': '2' } }, ok])], 1)).toEqual([
      { type: 'attempt-started', ...at(0), attempt: 1 },
      { type: 'attempt-failed', ...at(0), attempt: 1, elapsedMs: 0, tag: 'RateLimited' },
      { type: 'throttled', ...at(0), waitMs: 2000, tag: 'RateLimited' },
      { type: 'attempt-started', ...at(2000), attempt: 2 },
      { type: 'attempt-succeeded', ...at(2010), attempt: 2, elapsedMs: 10 },
    ]);
  });

  it('tells the story of a cooldown', () => {
    const fakes = [fakeProvider([{ status: 401 }, ok])];
    const events: unknown[] = [];
    inVirtualTime(({ cold, flush }) => {
      const router = createRouter({ ...virtualTime, deployments: [{ id: 'a', group: 'g', ...fakes[0]! }] });
      router.events$.subscribe((event) => events.push(event));
      router.parallel$(cold('a 5s b|', { a: 'one', b: 'two' })).subscribe();
      flush();
    });
    expect(events).toEqual([
      { type: 'attempt-started', ...at(0), attempt: 1 },
      { type: 'attempt-failed', ...at(0), attempt: 1, elapsedMs: 0, tag: 'Authentication' },
      { type: 'cooldown-entered', ...at(0), cause: 'config', cooledForMs: 5000 },
      { type: 'attempt-started', ...at(5001, 'a', 1), attempt: 1 },
      { type: 'attempt-succeeded', ...at(5011, 'a', 1), attempt: 1, elapsedMs: 10 },
      { type: 'cooldown-left', ...at(5011, 'a', 1) },
    ]);
  });

  it('tells of a wait for a place only where there was one', () => {
    const events = told([fakeProvider([ok])], 3, { maxParallel: 2 });
    expect(events.filter(({ type }) => type === 'limit-waited')).toEqual([
      { type: 'limit-waited', ...wait(10, 2), waitMs: 10 },
    ]);
    expect(events.map(({ type, index }) => `${String(index)} ${type}`).slice(-3)).toEqual([
      '2 attempt-started',
      '1 attempt-succeeded',
      '2 attempt-succeeded',
    ]);
  });

  it('tells of calls that are given up', () => {
    const events: RouterEvent[] = [];
    inVirtualTime(({ expectObservable, flush }) => {
      const router = createRouter({ ...virtualTime, deployments: [{ id: 'a', group: 'g', ...fakeProvider([ok]) }] });
      router.events$.subscribe((event) => events.push(event));
      expectObservable(router.result$('hello'), '---!').toBe('');
      flush();
    });
    expect(events.at(-1)).toEqual({ type: 'attempt-aborted', ...at(3), attempt: 1, elapsedMs: 3 });
  });

  it('is hot, tells all runs, and holds no prompt', () => {
    inVirtualTime(({ flush }) => {
      const router: FanoutRouter = createRouter({
        ...virtualTime,
        deployments: [{ group: 'g', ...fakeProvider([ok]) }],
      });
      router.result$('early').subscribe();
      const events: RouterEvent[] = [];
      router.events$.subscribe((event) => events.push(event));
      router.result$('the prompt').subscribe();
      router.result$('the prompt').subscribe();
      flush();
      expect(events.map(({ type }) => type)).toEqual([
        'attempt-started',
        'attempt-started',
        'attempt-succeeded',
        'attempt-succeeded',
        'attempt-succeeded',
      ]);
      expect(JSON.stringify(events)).not.toContain('prompt');
    });
  });

  describe('readers that throw', () => {
    const reported: unknown[] = [];
    beforeEach(() => {
      reported.length = 0;
      config.onUnhandledError = (error) => reported.push(error);
    });
    afterEach(() => {
      config.onUnhandledError = null;
    });

    it('are reported once each time, and disturb nobody', () => {
      inVirtualTime(({ flush }) => {
        const router = createRouter({ ...virtualTime, deployments: [{ group: 'g', ...fakeProvider([ok]) }] });
        const seen: string[] = [];
        const rows: string[] = [];
        router.events$.subscribe(({ type }) => {
          if (type === 'attempt-started') throw new Error('of a reader');
        });
        router.events$.subscribe(({ type }) => seen.push(type));
        const progress = ({ done }: { readonly done: number }): void => {
          if (done === 2) throw new Error('of progress');
        };
        router.parallel$(['one', 'two'], { progress }).subscribe((row) => rows.push(brief(row)));
        flush();
        expect(rows).toEqual(['ok', 'ok']);
        expect(seen).toEqual(['attempt-started', 'attempt-started', 'attempt-succeeded', 'attempt-succeeded']);
        expect(reported.map(String).sort()).toEqual(['Error: of a reader', 'Error: of a reader', 'Error: of progress']);
        expect(router.snapshot()).toMatchObject({ deployments: [{ inFlight: 0 }] });
      });
    });
  });

  it('tells of no call that was left by somebody who heard that it had waited', () => {
    inVirtualTime(({ flush }) => {
      const types: string[] = [];
      const router = createRouter({ ...virtualTime, deployments: [{ group: 'g', rpm: 10, ...fakeProvider([ok]) }] });
      router.result$('first').subscribe();
      const run = router.result$('second').subscribe();
      router.events$.subscribe(({ type }) => {
        types.push(type);
        if (type === 'limit-waited') run.unsubscribe();
      });
      flush();
      expect(types).toEqual(['attempt-succeeded', 'limit-waited']);
      expect(router.snapshot()).toMatchObject({ waiting: 0, deployments: [{ inFlight: 0, limits: { rpmLeft: 9 } }] });
    });
  });
});
