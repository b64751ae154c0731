import { filter, map, Subject, takeUntil, type Observable } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import type { RouterConfig } from '../../../lib/config/router-config';
import type { CompletionRequest } from '../../../lib/domain/request';
import type { ParallelResult } from '../../../lib/domain/result';
import type { RouterEvent } from '../../../lib/domain/router-event';
import type { RouterSnapshot } from '../../../lib/plan/snapshot';
import { createRouter } from '../../../lib/router';
import { virtualTime, type FakeReply } from '../../../lib/testing/index';
import { seededRandom } from '../../../lib/testing/simulate/seeded-random';
import { configOf } from './config-of';
import { requestsOf } from './requests-of';
import type { Scene } from './scene';
import { wired, type Wired, type WiredCall } from './wired';

/** What is seen from outside of a router and one run. */
export interface Watched {
  readonly config: RouterConfig;
  /** After the update, if there was one. */
  readonly latest: RouterConfig;
  readonly requests: readonly CompletionRequest[];
  readonly rows: readonly ParallelResult[];
  readonly events: readonly RouterEvent[];
  readonly calls: readonly WiredCall[];
  readonly ended: 'complete' | 'error' | 'left' | 'never';
  /** Right after the end. */
  readonly then: RouterSnapshot;
  /** Timers that run then, but for the scene's own. */
  readonly timersThen: number;
  readonly callsThen: number;
  /** When nothing happens any more. */
  readonly finally: RouterSnapshot;
  readonly endedAt: number;
}

/**
 * Plays a scene in virtual time. `begun` is told of each call as it goes out, with all calls so far and the configuration that holds.
 * `wallNow` is the router's wall clock.
 */
export function watched(
  its: Scene,
  begun: (call: WiredCall, calls: readonly WiredCall[], config: RouterConfig) => void = () => undefined,
  wallNow = virtualTime.wallNow,
): Watched {
  const scheduler = new TestScheduler(() => undefined);
  const calls: WiredCall[] = [];
  const events: RouterEvent[] = [];
  const rows: ParallelResult[] = [];
  const random = seededRandom(its.seed);
  const fakes = new Map<string, Wired>();
  const fake = (id: string, script: readonly FakeReply[]): Wired => {
    const known = fakes.get(id) ?? wired(id, (_, n) => script[n % script.length] ?? { text: 'ok' }, send);
    fakes.set(id, known);
    return known;
  };
  const first = { ...configOf(its, { random, fake }, false), wallNow };
  const latest = its.update === undefined ? first : { ...configOf(its, { random, fake }, true), wallNow };
  const requests = requestsOf(its);
  let config: RouterConfig | undefined = first;
  let ended: Watched['ended'] = 'never';
  let seen: Pick<Watched, 'then' | 'timersThen' | 'callsThen'> | undefined;

  function send(call: WiredCall): void {
    if (calls.push(call) > 20_000) throw new Error('it never ends');
    if (config !== undefined) begun(call, calls, config);
  }

  return scheduler.run(({ flush }) => {
    const router = createRouter(first);
    let ownTimers = 0;
    let telling = 0;
    let isLeaving = false;
    const after = (ms: number, happen: () => void): void => {
      ownTimers += 1;
      scheduler.schedule(() => {
        ownTimers -= 1;
        happen();
      }, ms);
    };
    // In the middle of telling, or of starting another request, it ends with the instant.
    const end = (how: Watched['ended']) => (): void => {
      if (ended !== 'never') return;
      ended = how;
      const then = telling > 0 || how === 'error' ? undefined : router.snapshot();
      after(0, () => {
        const timersThen = scheduler.actions.length - ownTimers;
        seen = { then: then ?? router.snapshot(), timersThen, callsThen: calls.length };
      });
    };
    const left$ = new Subject<void>();
    const leave = (): void => {
      if (ended !== 'never') return;
      isLeaving = true;
      left$.next();
      end('left')();
    };
    const update = (): void => {
      config = undefined; // calls that have their place already go out
      router.update(latest);
      after(0, () => {
        config = latest;
      });
    };
    const { asStreams, leftAt, order, ...options } = its.run;
    const moments = [...(leftAt === undefined ? [] : [{ at: leftAt, happen: leave }])];
    if (its.update !== undefined) moments.push({ at: its.update.at, happen: update });
    const happenAt = (moment: Scene['run']['leftAt']): void => {
      for (const { at, happen } of moments) if (isSame(at, moment)) happen();
    };
    for (const { at, happen } of moments) if ('ms' in at) after(at.ms, happen);

    router.events$.subscribe((event) => {
      telling += 1;
      happenAt({ event: events.push(event) - 1 });
      telling -= 1;
    });
    const rows$: Observable<ParallelResult> = asStreams
      ? router.parallelStream$(requests, options).pipe(
          filter((event) => event.type === 'result'),
          map(({ result }) => result),
        )
      : router.parallel$(requests, { ...options, order });
    rows$.pipe(takeUntil(left$)).subscribe({
      next: (row) => {
        telling += 1;
        happenAt({ row: rows.push(row) - 1 });
        telling -= 1;
      },
      error: end('error'),
      complete: () => {
        if (!isLeaving) end('complete')();
      },
    });
    flush();
    const last = router.snapshot();
    const none = { then: last, timersThen: 0, callsThen: 0 };
    const endedAt = scheduler.now();
    return { config: first, latest, requests, rows, events, calls, ended, ...(seen ?? none), finally: last, endedAt };
  });
}

function isSame(a: Scene['run']['leftAt'], b: Scene['run']['leftAt']): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
