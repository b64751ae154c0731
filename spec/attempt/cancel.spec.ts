import { map, Subscription, take, timer } from 'rxjs';
import { createRouter, type FanoutRouter } from '../../lib/router';
import { fakeProvider, virtualTime, type FakeReply, type FakeProvider } from '../../lib/testing/index';
import { inVirtualTime } from '../support/in-virtual-time';

const slow: FakeReply = { afterMs: 100, text: 'ok' };
const routerOf = (fake: FakeProvider, maxParallel?: number): FanoutRouter =>
  createRouter({ ...virtualTime, deployments: [{ group: 'fake', ...fake, maxParallel }] });
const clean = { waiting: 0, deployments: [{ inFlight: 0 }] };
const ends = ({ calls }: FakeProvider): readonly unknown[] => calls.map(({ ended }) => ended);

describe('unsubscribing', () => {
  it.each<[string, FakeReply, string, readonly unknown[]]>([
    ['in a call', slow, '50ms !', ['aborted']],
    ['in a back-off', { status: 500 }, '200ms !', ['replied']],
    ['in the pause of a throttle', { status: 429, headers: { 'retry-after': '5' } }, '1s !', ['replied']],
  ])('ends everything %s', (_, reply, when, expected) => {
    inVirtualTime(({ expectObservable, flush }) => {
      const fake = fakeProvider([reply]);
      const router = routerOf(fake);
      expectObservable(router.result$('hello'), when).toBe('');
      flush();
      expect(ends(fake)).toEqual(expected);
      expect(router.snapshot()).toMatchObject(clean);
    });
  });

  it('ends everything in a wait for a cooldown', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const fakes = [fakeProvider([{ status: 500 }]), fakeProvider([{ status: 500 }])];
      const deployments = fakes.map((fake) => ({ group: 'fake', ...fake }));
      const router = createRouter({ ...virtualTime, maxRetries: 0, deployments });
      expectObservable(router.parallel$(Array(20).fill('hello')).pipe(map(() => 'e')), '1s !').toBe('(eeeeeeeeee)');
      flush();
      expect(router.snapshot()).toMatchObject({ waiting: 0, deployments: [{ inFlight: 0 }, { inFlight: 0 }] });
    });
  });

  it('with many in flight and many waiting sends nothing more', () => {
    inVirtualTime(({ flush }) => {
      const fake = fakeProvider([slow]);
      const router = routerOf(fake, 4);
      const run = router.parallel$(Array(100).fill('hello'), { concurrency: 32 }).subscribe();
      timer(150).subscribe(() => {
        run.unsubscribe();
        expect(router.snapshot()).toMatchObject(clean);
      });
      flush();
      expect(ends(fake)).toEqual([...Array(4).fill('replied'), ...Array(4).fill('aborted')]);
      expect(router.snapshot()).toMatchObject(clean);
    });
  });

  it('hands the places on to other runs', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const fake = fakeProvider([slow]);
      const router = routerOf(fake, 2);
      expectObservable(router.parallel$(Array(10).fill('hello')), '50ms !').toBe('');
      expectObservable(router.parallel$(['one', 'two']).pipe(map(({ index }) => String(index)))).toBe('150ms (01|)');
      flush();
      expect(ends(fake)).toEqual(['aborted', 'aborted', 'replied', 'replied']);
    });
  });

  it('as a waiter is let in sends neither its call nor that of the next', () => {
    inVirtualTime(({ flush }) => {
      const fake = fakeProvider([slow]);
      const router = routerOf(fake, 1);
      const run = new Subscription();
      const started: number[] = [];
      router.events$.subscribe(({ type, index }) => {
        if (type !== 'attempt-started') return;
        started.push(index);
        if (index === 1) run.unsubscribe();
      });
      run.add(router.parallel$(['a', 'b', 'c', 'd'], { concurrency: 2 }).subscribe());
      flush();
      expect(started).toEqual([0, 1]);
      expect(fake.calls).toHaveLength(1);
      expect(router.snapshot()).toMatchObject(clean);
    });
  });

  it('inside next sends nothing more', () => {
    inVirtualTime(({ flush }) => {
      const fake = fakeProvider([slow]);
      const router = routerOf(fake, 4);
      const rows: unknown[] = [];
      router
        .parallel$(Array(100).fill('hello'), { concurrency: 32 })
        .pipe(take(1))
        .subscribe((row) => rows.push(row));
      flush();
      expect(rows).toHaveLength(1);
      expect(fake.calls).toHaveLength(4);
      expect(router.snapshot()).toMatchObject(clean);
    });
  });

  it('when a request has failed and the run with it (failFast) sends nothing more', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const fake = fakeProvider([{ status: 400, afterMs: 10 }, slow]);
      const router = routerOf(fake, 4);
      const run$ = router.parallel$(Array(100).fill('hello'), { concurrency: 32, failFast: true });
      expectObservable(run$).toBe('10ms #', undefined, expect.objectContaining({ _tag: 'BadRequest' }));
      flush();
      expect(fake.calls).toHaveLength(4);
      expect(router.snapshot()).toMatchObject(clean);
    });
  });

  it('synchronously, while subscribing, sends nothing more', () => {
    inVirtualTime(({ flush }) => {
      const fake = fakeProvider([{ text: 'at once' }]);
      const router = routerOf(fake);
      router.parallel$(Array(100).fill('hello')).pipe(take(3)).subscribe();
      flush();
      expect(fake.calls).toHaveLength(3);
      expect(router.snapshot()).toMatchObject(clean);
    });
  });

  it.each(['attempt-started', 'limit-waited', 'attempt-failed', 'retry-scheduled', 'throttled', 'attempt-succeeded'])(
    'when an event tells of it loses no place: %s',
    (type) => {
      inVirtualTime(({ flush }) => {
        const fake = fakeProvider([slow, { status: 500, afterMs: 10 }, { status: 429, afterMs: 10 }, slow]);
        const router = routerOf(fake, 1);
        let run = Subscription.EMPTY;
        let seen = 0;
        let left = -1;
        router.events$.subscribe((event) => {
          if (event.type !== type) return;
          seen += 1;
          run.unsubscribe();
          left = fake.calls.length;
        });
        run = router.parallel$(Array(10).fill('hello'), { concurrency: 4 }).subscribe();
        flush();
        expect(seen).toBeGreaterThan(0);
        // What had begun in the same instant is called off in it; the very first call begins before there is a subscription.
        expect(ends(fake).slice(type === 'attempt-started' ? 1 : left)).not.toContain('replied');
        expect(fake.calls.length - left).toBeLessThanOrEqual(1);
        expect(ends(fake)).not.toContain(undefined);
        expect(router.snapshot()).toMatchObject(clean);
      });
    },
  );

  it('an aborted call is counted as such, and says nothing of its deployment', () => {
    inVirtualTime(({ flush }) => {
      const fake = fakeProvider([slow]);
      const router = routerOf(fake);
      router.parallel$(Array(64).fill('hello'), { concurrency: 64 }).subscribe().unsubscribe();
      flush();
      expect(router.snapshot()).toMatchObject({
        deployments: [{ calls: 64, aborted: 64, failed: 0, throttled: 0, inFlight: 0, health: 'open' }],
      });
    });
  });

  it('of a probe lets the next one probe', () => {
    inVirtualTime(({ flush }) => {
      const fake = fakeProvider((_, call) => (call < 1 ? { status: 429, headers: { 'retry-after': '61' } } : slow));
      const router = routerOf(fake);
      const rows: string[] = [];
      router.result$('first').subscribe(({ outcome }) => rows.push(outcome._tag));
      timer(62_000).subscribe(() => {
        const probe = router.result$('probe').subscribe();
        router.result$('next').subscribe(({ outcome }) => rows.push(outcome._tag));
        timer(50).subscribe(() => {
          probe.unsubscribe();
        });
      });
      flush();
      expect(rows).toEqual(['Left', 'Right']);
      expect(fake.calls.map(({ at, ended }) => [at, ended])).toEqual([
        [0, 'replied'],
        [62_000, 'aborted'],
        [62_050, 'replied'],
      ]);
      expect(router.snapshot()).toMatchObject({ waiting: 0, deployments: [{ health: 'open', inFlight: 0 }] });
    });
  });
});

describe('a run that is stopped', () => {
  it('by its signal errors with the reason, and sends nothing more', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const fake = fakeProvider([slow]);
      const router = routerOf(fake, 4);
      const controller = new AbortController();
      timer(50).subscribe(() => {
        controller.abort('enough');
      });
      const run$ = router.parallel$(Array(100).fill('hello'), { concurrency: 32, signal: controller.signal });
      expectObservable(run$).toBe('50ms #', undefined, 'enough');
      flush();
      expect(ends(fake)).toEqual(Array(4).fill('aborted'));
      expect(router.snapshot()).toMatchObject(clean);
    });
  });

  it('by maxErrorRate cancels who waits and who backs off; what is in flight ends', () => {
    inVirtualTime(({ flush }) => {
      const fake = fakeProvider([
        { status: 400, afterMs: 100 },
        { status: 500, afterMs: 50 },
        { afterMs: 200, text: 'ok' },
      ]);
      const router = routerOf(fake, 3);
      const rows: string[] = [];
      const options = { concurrency: 5, maxErrorRate: { ratio: 0, minimum: 1 } };
      router.parallel$(Array(8).fill('hello'), options).subscribe({
        next: ({ index, outcome }) => {
          rows.push(
            `${String(index)} ${outcome._tag === 'Left' ? outcome.left._tag : 'ok'} ${String(virtualTime.now())}`,
          );
        },
        complete: () => rows.push('end'),
      });
      flush();
      expect(rows.sort()).toEqual([
        '0 BadRequest 100',
        '1 Cancelled 100', // in its back-off
        '2 ok 200',
        '3 ok 250', // took the place of 1 at 50 ms
        '4 Cancelled 100', // waited for a place
        '5 Cancelled 100', // never taken
        '6 Cancelled 100',
        '7 Cancelled 100',
        'end',
      ]);
      expect(fake.calls).toHaveLength(4);
      expect(router.snapshot()).toMatchObject(clean);
    });
  });

  it('by stopTaking finishes what it has taken, retries included', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const fake = fakeProvider([{ status: 500, afterMs: 100 }, slow]);
      const router = routerOf(fake);
      const run$ = router.parallel$(Array(10).fill('hello'), { concurrency: 2, stopTaking: timer(50) });
      expectObservable(run$.pipe(map(({ index }) => String(index)))).toBe('100ms 1 599ms (0|)');
      flush();
      expect(fake.calls).toHaveLength(3);
    });
  });
});
