import { filter, map, Subscription, type Observable } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import type { RouterConfig } from '../../../lib/config/router-config';
import type { CompletionRequest } from '../../../lib/domain/request';
import type { ParallelResult } from '../../../lib/domain/result';
import type { RouterEvent } from '../../../lib/domain/router-event';
import type { RouterSnapshot } from '../../../lib/plan/snapshot';
import { createRouter } from '../../../lib/router';
import type { FakeReply } from '../../../lib/testing/index';
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
  /** Right after the end, nothing else having happened. */
  readonly then: RouterSnapshot;
  /** Timers that run then, but for the scene's own. */
  readonly timersThen: number;
  readonly callsThen: number;
  /** When nothing happens any more. */
  readonly finally: RouterSnapshot;
  readonly endedAt: number;
}

/** Plays a scene in virtual time. `begun` is told of each call as it goes out, with all calls so far and the configuration that holds. */
export function watched(
  its: Scene,
  begun: (call: WiredCall, calls: readonly WiredCall[], config: RouterConfig) => void = () => undefined,
): Watched {
  const scheduler = new TestScheduler(() => undefined);
  const calls: WiredCall[] = [];
  const events: RouterEvent[] = [];
  const rows: ParallelResult[] = [];
  const fakes = new Map<string, Wired>();
  const random = seededRandom(its.seed);
  const fake = (id: string, script: readonly FakeReply[]): Wired => {
    const known =
      fakes.get(id) ??
      wired(
        id,
        (_, n) => script[n % script.length] ?? { text: 'ok' },
        (call) => {
          if (calls.push(call) > 20_000) throw new Error('it never ends');
          begun(call, calls, config);
        },
      );
    fakes.set(id, known);
    return known;
  };
  const first = configOf(its, { random, fake }, false);
  const latest = configOf(its, { random, fake }, its.update !== undefined);
  const requests = requestsOf(its);
  let config = first;
  let ended: Watched['ended'] = 'never';
  let seen: Pick<Watched, 'then' | 'timersThen' | 'callsThen'> | undefined;

  return scheduler.run(({ flush }) => {
    const router = createRouter(first);
    router.events$.subscribe((event) => events.push(event));
    let ownTimers = 0;
    const at = (ms: number, happen: () => void): void => {
      ownTimers += 1;
      scheduler.schedule(() => {
        ownTimers -= 1;
        happen();
      }, ms);
    };
    const end = (how: Watched['ended']) => (): void => {
      if (ended !== 'never') return;
      ended = how;
      const then = router.snapshot();
      at(0, () => {
        seen = { then, timersThen: scheduler.actions.length - ownTimers, callsThen: calls.length };
      });
    };
    const { asStreams, leaveMs, order, ...options } = its.run;
    const rows$: Observable<ParallelResult> = asStreams
      ? router.parallelStream$(requests, options).pipe(
          filter((event) => event.type === 'result'),
          map(({ result }) => result),
        )
      : router.parallel$(requests, { ...options, order });
    const run = new Subscription();
    if (leaveMs !== undefined)
      at(leaveMs, () => {
        run.unsubscribe();
        end('left')();
      });
    if (its.update !== undefined)
      at(its.update.atMs, () => {
        config = latest;
        router.update(latest);
      });
    run.add(rows$.subscribe({ next: (row) => rows.push(row), error: end('error'), complete: end('complete') }));
    flush();
    const last = router.snapshot();
    const none = { then: last, timersThen: 0, callsThen: 0 };
    return {
      config: first,
      latest,
      requests,
      rows,
      events,
      calls,
      ended,
      ...(seen ?? none),
      finally: last,
      endedAt: scheduler.now(),
    };
  });
}
