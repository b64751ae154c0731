import { asyncScheduler, mergeMap, range, Subject, takeUntil, type Observable } from 'rxjs';
import { TestScheduler, type RunHelpers } from 'rxjs/testing';
import { completionError } from '../../lib/domain/error';
import { admit$, admitNow, group, serve, type Group } from '../../lib/plan/admission';
import { standing } from '../../lib/plan/health';
import { settle } from '../../lib/plan/settle';
import { askOf } from '../support/ask-of';
import { client$, virtualRules } from '../support/client';
import { cooled } from '../support/cooled';
import { deploymentOf } from '../support/deployment-of';

const failed = { ended: 'failed', verdict: 'failing', error: completionError({ _tag: 'ServerError' }) } as const;
const values = { x: 'x', y: 'y', p: 'x!', q: 'y!', n: 'NoDeployment', r: 'RateLimited', a: 'Authentication' };

function inVirtualTime(run: (helpers: RunHelpers & { readonly expectRows: ExpectRows }) => void): void {
  new TestScheduler((actual, expected) => {
    expect(actual).toEqual(expected);
  }).run((helpers) => {
    run({
      ...helpers,
      expectRows: (rows) => {
        for (const [stream$, subscription, output] of rows) {
          helpers.expectObservable(stream$, subscription).toBe(output, values);
        }
      },
    });
  });
}

/** Streams, when each is subscribed to and left, and what it then emits. */
type ExpectRows = (rows: readonly (readonly [Observable<string>, string, string])[]) => void;

/** A group of deployments `x`, `y` … of which each takes one call at a time. */
function groupOf(...plans: readonly Parameters<typeof deploymentOf>[0][]): Group {
  return group(
    'g',
    plans.map((plan, i) => deploymentOf({ id: ['x', 'y', 'z'][i] ?? '', maxParallel: 1, ...plan })),
  );
}

function first({ deployments }: Group): ReturnType<typeof deploymentOf> {
  const [one] = deployments;
  if (one === undefined) throw new Error('no deployment');
  return one;
}

/** What a group holds on to: it should be `nothing` when all have gone. */
function heldBy({ line, deployments, pool: { alarm, serving } }: Group): unknown {
  const calls = deployments.reduce((sum, { inFlight }) => sum + inFlight, 0);
  const probes = deployments.filter(({ health }) => health.probing).length;
  return { waiters: line.size(), alarm: alarm.time(), serving, calls, probes };
}

const nothing = { waiters: 0, alarm: Infinity, serving: false, calls: 0, probes: 0 };

describe('admit$', () => {
  it('serves those who wait in the order of their arrival', () => {
    const to = groupOf({});
    inVirtualTime(({ expectRows }) => {
      expectRows([
        [client$(to, { arrival: 0, ms: 4 }), '^-----------', 'x---|'],
        [client$(to, { arrival: 1, ms: 3 }), '-^----------', '----x--|'],
        [client$(to, { arrival: 2, ms: 2 }), '--^---------', '-------x-|'],
        [client$(to, { arrival: 3, ms: 1 }), '---------^--', '---------x|'],
      ]);
    });
    expect(heldBy(to)).toEqual(nothing);
  });

  it('serves a lower priority number first', () => {
    const to = groupOf({});
    inVirtualTime(({ expectRows }) => {
      expectRows([
        [client$(to, { arrival: 0, ms: 4 }), '^-----------', 'x---|'],
        [client$(to, { arrival: 1, ms: 2 }), '-^----------', '------x-|'],
        [client$(to, { arrival: 2, ms: 2, priority: 0 }), '--^---------', '----x-|'],
      ]);
    });
    expect(heldBy(to)).toEqual(nothing);
  });

  it('lets one that comes back with its first arrival go first', () => {
    const to = groupOf({});
    inVirtualTime(({ expectRows }) => {
      expectRows([
        [client$(to, { arrival: 5, ms: 4 }), '^-----------', 'x---|'],
        [client$(to, { arrival: 6, ms: 2 }), '-^----------', '------x-|'],
        [client$(to, { arrival: 2, ms: 2 }), '--^---------', '----x-|'],
      ]);
    });
    expect(heldBy(to)).toEqual(nothing);
  });

  it('lets one behind go first only to a deployment that those before must not ask, or not yet', () => {
    const to = groupOf({}, {});
    const [x, y] = to.deployments;
    inVirtualTime(({ expectRows }) => {
      expectRows([
        [client$(to, { arrival: 0, ms: 4 }), '^-----------', 'x---|'],
        [client$(to, { arrival: 1, ms: 2, excluded: new Set([y!]) }), '-^----------', '----x-|'],
        [
          client$(to, { arrival: 2, ms: 2, notBefore: new Map([[y!, 9]]), excluded: new Set([x!]) }),
          '-^----------',
          '---------y-|',
        ],
        [client$(to, { arrival: 3, ms: 2 }), '--^---------', '--y-|'],
      ]);
    });
    expect(heldBy(to)).toEqual(nothing);
  });

  it('leaves the line at once when unsubscribed, and lets those behind move up', () => {
    const to = groupOf({});
    inVirtualTime(({ expectRows, flush }) => {
      expectRows([
        [client$(to, { arrival: 0, ms: 6 }), '^-----------', 'x-----|'],
        [client$(to, { arrival: 1, ms: 9 }), '-^--!-------', '------------'],
        [client$(to, { arrival: 2, ms: 1 }), '--^---------', '------x|'],
      ]);
      asyncScheduler.schedule(() => {
        expect(to.line.size()).toBe(1);
      }, 5);
      flush();
    });
    expect(heldBy(to)).toEqual(nothing);
  });

  it('gives the place of a call that is aborted to the next', () => {
    const to = groupOf({});
    inVirtualTime(({ expectRows }) => {
      expectRows([
        [client$(to, { arrival: 0, ms: 9 }), '^--!--------', 'x-----------'],
        [client$(to, { arrival: 1, ms: 1 }), '-^----------', '---x|'],
      ]);
    });
    expect(heldBy(to)).toEqual(nothing);
  });

  it('wakes those who wait for a full deployment when another is back from its cooldown', () => {
    const to = groupOf({}, {});
    cooled(to.deployments[1]!, { cause: 'config', forMs: 5 });
    inVirtualTime(({ expectRows }) => {
      expectRows([
        [client$(to, { arrival: 0, ms: 9 }), '^-----------', 'x--------|'],
        [client$(to, { arrival: 1, ms: 2 }), '-^----------', '-----q-|'],
      ]);
    });
    expect(heldBy(to)).toEqual(nothing);
  });

  it('does not forget that cooldown when a call ends meanwhile', () => {
    const to = groupOf({}, {});
    cooled(to.deployments[1]!, { cause: 'failing', forMs: 5 });
    inVirtualTime(({ expectRows }) => {
      expectRows([
        [client$(to, { arrival: 0, ms: 2 }), '^-----------', 'x-|'],
        [client$(to, { arrival: 1, ms: 9 }), '^-----------', '--x--------|'],
        [client$(to, { arrival: 2, ms: 2 }), '^-----------', '-----q-|'],
      ]);
    });
    expect(heldBy(to)).toEqual(nothing);
  });

  it('wakes one that waits behind another for a cooldown that the other does not wait for', () => {
    const to = groupOf({}, {});
    cooled(to.deployments[1]!, { cause: 'failing', forMs: 5 });
    inVirtualTime(({ expectRows }) => {
      expectRows([
        [client$(to, { arrival: 0, ms: 9 }), '^-----------', 'x--------|'],
        [client$(to, { arrival: 1, ms: 1, excluded: new Set([to.deployments[1]!]) }), '-^----------', '---------x|'],
        [client$(to, { arrival: 2, ms: 2 }), '-^----------', '-----q-|'],
      ]);
    });
    expect(heldBy(to)).toEqual(nothing);
  });

  it('tells at once one that waits in vain, however many wait before it with reason', () => {
    const to = groupOf({});
    const hint = completionError({ _tag: 'RateLimited', retryAfterMs: 8 });
    cooled(first(to), { cause: 'parked', forMs: 8, error: hint });
    inVirtualTime(({ expectRows }) => {
      expectRows([
        [client$(to, { arrival: 0, ms: 1 }), '^-----------', '--------p|'],
        [client$(to, { arrival: 1, ms: 1, deadline: 5 }), '-^----------', '-(r|)'],
      ]);
    });
    expect(heldBy(to)).toEqual(nothing);
  });

  it('tells one that wants only a deployment whose probe has failed, though others wait before it for a full one', () => {
    const to = groupOf({}, {});
    const [x, y] = to.deployments;
    if (x === undefined || y === undefined) throw new Error('no deployments');
    cooled(y, { cause: 'failing', forMs: 4 });
    inVirtualTime(({ expectRows }) => {
      expectRows([
        [client$(to, { arrival: 0, ms: 20, only: x }), '^', 'x 19ms |'],
        [client$(to, { arrival: 1, ms: 5, only: x }), '^', '20ms x 4ms |'],
        [client$(to, { arrival: 2, ms: 3, only: y, end: failed }), '^', '4ms q--|'],
        [client$(to, { arrival: 3, ms: 3, only: y }), '^', '7ms (n|)'],
      ]);
    });
    expect(heldBy(to)).toEqual(nothing);
  });

  it('tells those who wait when it has become vain', () => {
    const to = groupOf({ cooldownMs: 7 });
    const key = completionError({ _tag: 'Authentication' });
    inVirtualTime(({ expectRows }) => {
      expectRows([
        [
          client$(to, { arrival: 0, ms: 3, end: { ended: 'failed', verdict: 'config', error: key } }),
          '^-----------',
          'x--|',
        ],
        [client$(to, { arrival: 1, ms: 1 }), '-^----------', '---(a|)'],
        [client$(to, { arrival: 2, ms: 1 }), '--^---------', '---(a|)'],
        [client$(to, { arrival: 3, ms: 1 }), '----^-------', '----(a|)'],
      ]);
    });
    expect(heldBy(to)).toEqual(nothing);
  });

  describe('after a cooldown', () => {
    const sick = (): Group => {
      const to = groupOf({ maxParallel: 9, cooldownMs: 5 });
      cooled(first(to), { cause: 'failing', forMs: 5, error: failed.error });
      return to;
    };

    it('sends exactly one probe, and after its success all others in order', () => {
      const to = sick();
      inVirtualTime(({ expectRows }) => {
        expectRows([
          [client$(to, { arrival: 0, ms: 3 }), '^-----------', '-----p--|'],
          [client$(to, { arrival: 1, ms: 1 }), '-^----------', '--------x|'],
          [client$(to, { arrival: 2, ms: 2 }), '------^-----', '--------x-|'],
        ]);
      });
      expect(heldBy(to)).toEqual(nothing);
    });

    it('ends all who wait when the probe fails, and who comes later, until the next probe', () => {
      const to = sick();
      inVirtualTime(({ expectRows }) => {
        expectRows([
          [client$(to, { arrival: 0, ms: 3, end: failed }), '^-----------', '-----p--|'],
          [client$(to, { arrival: 1, ms: 1 }), '-^----------', '--------(n|)'],
          [client$(to, { arrival: 2, ms: 1 }), '---------^--', '---------(n|)'],
          [client$(to, { arrival: 3, ms: 1 }), '19ms ^------', '19ms p|'],
        ]);
      });
      expect(first(to).health.cause).toBeUndefined();
      expect(heldBy(to)).toEqual(nothing);
    });

    it('passes a cancelled probe on to the next', () => {
      const to = sick();
      inVirtualTime(({ expectRows }) => {
        expectRows([
          [client$(to, { arrival: 0, ms: 9 }), '^-----!-----', '-----p------'],
          [client$(to, { arrival: 1, ms: 2 }), '-^----------', '------p-|'],
          [client$(to, { arrival: 2, ms: 1 }), '-^----------', '--------x|'],
        ]);
      });
      expect(heldBy(to)).toEqual(nothing);
    });

    it('keeps a cancelled probe for who comes, when nobody waits', () => {
      const to = sick();
      inVirtualTime(({ expectRows }) => {
        expectRows([
          [client$(to, { arrival: 0, ms: 9 }), '-----^-!----', '-----p------'],
          [client$(to, { arrival: 1, ms: 1 }), '---------^--', '---------p|'],
        ]);
      });
      expect(heldBy(to)).toEqual(nothing);
    });

    it('probes another that is back while a probe is under way', () => {
      const to = groupOf({}, {});
      cooled(to.deployments[0]!, { cause: 'failing', forMs: 2 });
      cooled(to.deployments[1]!, { cause: 'failing', forMs: 6 });
      inVirtualTime(({ expectRows }) => {
        expectRows([
          [client$(to, { arrival: 0, ms: 9 }), '^-----------', '--p--------|'],
          [client$(to, { arrival: 1, ms: 1 }), '^-----------', '------q|'],
        ]);
      });
      expect(heldBy(to)).toEqual(nothing);
    });
  });

  describe('timers', () => {
    beforeEach(() => {
      jest.useFakeTimers();
    });
    afterEach(() => {
      jest.useRealTimers();
    });

    it('are none while somebody waits for a call to end', () => {
      const to = groupOf({});
      first(to).inFlight = 1;
      client$(to, { arrival: 0, ms: 1 }).subscribe();
      expect([to.line.size(), jest.getTimerCount()]).toEqual([1, 0]);
    });

    it('are one for all who wait for a cooldown, and none when the last has left', () => {
      const to = groupOf({});
      const rules = { ...virtualRules, now: () => 0 };
      cooled(first(to), { cause: 'failing', forMs: 5000 });
      const waiters = [0, 1, 2].map((arrival) => client$(to, { arrival, ms: 1 }, rules).subscribe());
      expect(jest.getTimerCount()).toBe(1);
      waiters[0]?.unsubscribe();
      waiters[2]?.unsubscribe();
      expect(jest.getTimerCount()).toBe(1);
      waiters[1]?.unsubscribe();
      expect([to.line.size(), jest.getTimerCount()]).toEqual([0, 0]);
    });

    it('are set again when they fire a moment too early', () => {
      const to = groupOf({});
      let now = 0;
      const rules = { ...virtualRules, now: () => now };
      cooled(first(to), { cause: 'failing', forMs: 5000 });
      const seen: string[] = [];
      client$(to, { arrival: 0, ms: 1 }, rules).subscribe((id) => seen.push(id));
      now = 4999.5;
      jest.advanceTimersByTime(5000);
      expect([seen, jest.getTimerCount()]).toEqual([[], 1]);
      now = 5000;
      jest.advanceTimersByTime(1);
      expect(seen).toEqual(['x!']);
    });
  });

  describe('synchronous calls', () => {
    const rules = { ...virtualRules, now: () => 0 };

    it('of 10 000 who wait are made one after the other, without growing the stack', () => {
      const to = groupOf({});
      const depths: number[] = [];
      const seen: number[] = [];
      first(to).inFlight = 1;
      for (let arrival = 0; arrival < 10_000; arrival++) {
        client$(to, { arrival, ms: 0 }, rules).subscribe(() => {
          seen.push(arrival);
          if (arrival % 1000 === 0) depths.push(new Error('here').stack?.split('\n').length ?? 0);
        });
      }
      Error.stackTraceLimit = Infinity;
      first(to).inFlight = 0;
      serve(to.pool, rules);
      Error.stackTraceLimit = 10;
      expect(seen).toEqual(Array.from({ length: 10_000 }, (_, i) => i));
      expect(new Set(depths).size).toBe(1);
      expect(heldBy(to)).toEqual(nothing);
    });

    it('of lanes that ask again as soon as they have an answer end', () => {
      const to = groupOf({});
      const answers: string[] = [];
      range(0, 10_000)
        .pipe(mergeMap((arrival) => client$(to, { arrival, ms: 0 }, rules), 3))
        .subscribe((id) => answers.push(id));
      expect(answers).toHaveLength(10_000);
      expect(heldBy(to)).toEqual(nothing);
    });

    it('may unsubscribe one who has just joined: no permit is lost on it', () => {
      const to = groupOf({});
      let now = 0;
      const clock = { ...rules, now: () => now };
      cooled(first(to), { cause: 'failing', forMs: 5 });
      const stop$ = new Subject<void>();
      client$(to, { arrival: 0, ms: 0 }, clock).subscribe(() => {
        stop$.next();
      });
      now = 5; // the cooldown is over, but its timer has not fired yet: who joins serves those before it
      const seen: string[] = [];
      client$(to, { arrival: 1, ms: 0 }, clock)
        .pipe(takeUntil(stop$))
        .subscribe((id) => seen.push(id));
      expect(seen).toEqual([]);
      expect(heldBy(to)).toEqual(nothing);
    });

    it('may unsubscribe one who waits: nobody behind it is passed over', () => {
      const to = groupOf({}, { maxParallel: 2 });
      const [x, y] = to.deployments;
      x!.inFlight = 1;
      y!.inFlight = 2;
      const order: number[] = [];
      const waiting = client$(to, { arrival: 0, ms: 9, excluded: new Set([y!]) }, rules).subscribe();
      client$(to, { arrival: 1, ms: 9 }, rules).subscribe(() => {
        order.push(1);
        waiting.unsubscribe();
      });
      for (const arrival of [2, 3]) client$(to, { arrival, ms: 9 }, rules).subscribe(() => order.push(arrival));
      y!.inFlight = 0;
      serve(to.pool, rules);
      expect(order).toEqual([1, 2]);
      expect(to.line.size()).toBe(1);
    });

    it('may end the call that one waits for who was gone past already', () => {
      const to = groupOf({}, {});
      const [x, y] = to.deployments;
      for (const one of to.deployments) one.inFlight = 1;
      const seen: string[] = [];
      client$(to, { arrival: 0, ms: 0, excluded: new Set([y!]) }, rules).subscribe((id) => seen.push(id));
      client$(to, { arrival: 1, ms: 9 }, rules).subscribe((id) => {
        seen.push(id);
        x!.inFlight = 0;
        serve(to.pool, rules);
      });
      y!.inFlight = 0;
      serve(to.pool, rules);
      expect(seen).toEqual(['y', 'x']);
      expect(to.line.size()).toBe(0);
    });
  });

  it('ends only the request for which chance threw, and goes on', () => {
    const to = groupOf({}, {});
    for (const one of to.deployments) one.inFlight = 1;
    let draws = 0;
    const rules = {
      ...virtualRules,
      now: () => 0,
      random: () => {
        if (draws++ === 0) throw new TypeError('no chance');
        return 0;
      },
    };
    const seen: string[] = [];
    for (const arrival of [0, 1]) {
      client$(to, { arrival, ms: 0 }, rules).subscribe({
        next: (id) => seen.push(id),
        error: (error: unknown) => seen.push(String(error)),
      });
    }
    for (const one of to.deployments) one.inFlight = 0;
    serve(to.pool, rules);
    expect(seen).toEqual(['TypeError: no chance', 'x']);
    expect(heldBy(to)).toEqual(nothing);
  });

  it('is there without waiting too: a permit, a failure, or nothing where one would have to wait', () => {
    const to = groupOf({});
    const rules = { ...virtualRules, now: () => 0 };
    const now = admitNow(to, askOf(), rules);
    expect(now).toMatchObject({ _tag: 'Right', right: { deployment: first(to), probe: false } });
    expect(first(to).inFlight).toBe(1);
    expect(admitNow(to, askOf(), rules)).toBeUndefined();
    expect(admitNow(to, askOf({ excluded: new Set(to.deployments) }), rules)).toMatchObject({ _tag: 'Left' });
    expect(heldBy(to)).toEqual({ ...nothing, calls: 1 });
  });

  it('is not there without waiting for one who would overtake another', () => {
    const to = groupOf({});
    const rules = { ...virtualRules, now: () => 0 };
    first(to).inFlight = 1;
    client$(to, { arrival: 0, ms: 9 }, rules).subscribe();
    first(to).inFlight = 0;
    expect(admitNow(to, askOf(), rules)).toBeUndefined();
  });

  it('numbers the permits of a deployment, for what is learned of it', () => {
    const to = groupOf({ maxParallel: 9 });
    const numbers: number[] = [];
    for (const arrival of [0, 1, 2]) {
      admit$(to, askOf(), { priority: 5, arrival }, virtualRules).subscribe((answer) => {
        if (answer._tag === 'Left') throw answer.left;
        numbers.push(answer.right.number);
        settle(answer.right, { ended: 'ok', verdict: 'ok', elapsedMs: 0 }, 0);
      });
    }
    expect(numbers).toEqual([0, 1, 2]);
    expect(standing(first(to).health, 0)).toBe('open');
  });
});
