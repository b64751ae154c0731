import { map } from 'rxjs';
import type { RouterConfig } from '../../lib/config/router-config';
import type { RouterEvent } from '../../lib/domain/router-event';
import { createRouter } from '../../lib/router';
import { fakeProvider, virtualTime, type FakeProvider, type FakeReply, type FakeScript } from '../../lib/testing/index';
import { brief } from '../support/brief';
import { heard, told } from '../support/heard';
import { inVirtualTime } from '../support/in-virtual-time';
import { rowsOf } from '../support/rows-of';

const silent: FakeReply = { fail: 'hang' };
const after = (afterMs: number, text = 'ok'): FakeReply => ({ afterMs, text });
const times = ({ calls }: FakeProvider): readonly number[] => calls.map(({ at }) => at);
const ends = ({ calls }: FakeProvider): readonly unknown[] => calls.map(({ ended }) => ended);

/** Two deployments of one group, of which the first is asked first, and 100 ms later the second. */
function pair(first: FakeScript, second: FakeScript, config: Partial<RouterConfig> = {}) {
  const [a, b] = [fakeProvider(first), fakeProvider(second)];
  const router = createRouter({
    ...virtualTime,
    strategy: 'priority-order',
    hedge: { afterMs: 100 },
    experimental: ['hedge'],
    deployments: [
      { group: 'fake', id: 'a', order: 1, ...a },
      { group: 'fake', id: 'b', order: 2, ...b },
    ],
    ...config,
  });
  return { ...router, a, b };
}

const calls = (attempts: readonly { deployment: string; ended: string; hedge?: true }[] = []) =>
  attempts.map(({ deployment, ended, hedge }) => `${deployment} ${ended}${hedge === true ? ' hedge' : ''}`);

describe('a second call for a slow one', () => {
  it('goes to another deployment after afterMs; the first answer counts, and the other call is aborted at once', () => {
    const { result$, a, b, snapshot } = pair([after(1000)], [after(50, 'second')]);
    const [row] = rowsOf(() => result$('hello'));
    expect(row).toMatchObject({ deployment: 'b', timing: { elapsedMs: 150 } });
    expect(row && brief(row)).toBe('second');
    expect(calls(row?.attempts)).toEqual(['a aborted', 'b ok hedge']);
    expect([times(a), times(b)]).toEqual([[0], [100]]);
    expect(ends(a)).toEqual(['aborted']);
    expect(snapshot().deployments.map(({ inFlight, failed }) => [inFlight, failed])).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it('is aborted itself when the first answers after all', () => {
    const { result$, b } = pair([after(150)], [after(1000)]);
    const [row] = rowsOf(() => result$('hello'));
    expect(row).toMatchObject({ deployment: 'a', timing: { elapsedMs: 150 } });
    expect(calls(row?.attempts)).toEqual(['a ok', 'b aborted hedge']);
    expect(ends(b)).toEqual(['aborted']);
  });

  it('is not made for one that answers in time, or fails', () => {
    const quick = pair([after(100)], [after(0)]);
    expect(rowsOf(() => quick.result$('hello'))[0]?.deployment).toBe('a');
    expect(times(quick.b)).toEqual([]);
    const failing = pair([{ status: 400, afterMs: 50 }], [after(0)]);
    expect(rowsOf(() => failing.result$('hello')).map(brief)).toEqual(['!BadRequest']);
    expect(times(failing.b)).toEqual([]);
  });

  it('is paid for as any call: its tokens are in the row', () => {
    const { result$ } = pair([after(1000)], [after(50)]);
    const [row] = rowsOf(() => result$('hello'));
    const [lost, won] = row?.attempts ?? [];
    expect(lost?.usage?.estimated).toBe(true);
    expect(row?.usage.totalTokens).toBe((lost?.usage?.totalTokens ?? NaN) + (won?.usage?.totalTokens ?? NaN));
  });

  it('goes on when the first fails, and the first when it fails', () => {
    const one = pair([{ status: 500, afterMs: 120 }], [after(100)]);
    const [row] = rowsOf(() => one.result$('hello'));
    expect(row?.timing.elapsedMs).toBe(200);
    expect(calls(row?.attempts)).toEqual(['a failed', 'b ok hedge']);
    const other = pair([after(300)], [{ status: 401, afterMs: 20 }]);
    const [otherRow] = rowsOf(() => other.result$('hello'));
    expect(otherRow?.timing.elapsedMs).toBe(300);
    expect(calls(otherRow?.attempts)).toEqual(['a ok', 'b failed hedge']);
    expect([one, other].map(({ snapshot }) => snapshot().retryBudget)).toEqual([500, 500]);
  });

  it('is one try together with the first: when both fail, the later failure decides what follows', () => {
    const { result$, a, b } = pair([{ status: 429, afterMs: 120 }, after(0)], [{ status: 500, afterMs: 150 }]);
    const [row] = rowsOf(() => result$('hello'));
    expect(calls(row?.attempts)).toEqual(['a throttled', 'b failed hedge', 'a ok']);
    // At 250 ms the first still asks for patience, until 620 ms.
    expect([times(a), times(b)]).toEqual([[0, 620], [100]]);
    const both = pair([{ status: 500, afterMs: 150 }], [{ status: 400, afterMs: 100 }]);
    expect(rowsOf(() => both.result$('hello')).map(brief)).toEqual(['!BadRequest']);
  });

  it('may be made for each try', () => {
    const { result$, a, b } = pair([{ status: 500, afterMs: 120 }, after(50)], [{ status: 500, afterMs: 10 }, silent]);
    const [row] = rowsOf(() => result$('hello'));
    expect(calls(row?.attempts)).toEqual(['a failed', 'b failed hedge', 'b aborted', 'a ok hedge']);
    expect([times(a), times(b)]).toEqual([
      [0, 710],
      [100, 610],
    ]);
  });

  it('is told of', () => {
    const { result$, events$ } = pair([after(1000)], [after(50)]);
    const events: RouterEvent[] = [];
    events$.subscribe((event) => events.push(event));
    rowsOf(() => result$('hello'));
    expect(events.map((event) => [event.at, event.type, 'attempt' in event ? event.attempt : undefined])).toEqual([
      [0, 'attempt-started', 1],
      [100, 'hedge-sent', undefined],
      [100, 'attempt-started', 2],
      [150, 'attempt-succeeded', 2],
      [150, 'attempt-aborted', 1],
    ]);
    expect(events[1]).toMatchObject({ type: 'hedge-sent', deployment: 'b', group: 'fake', index: 0, waitMs: 100 });
  });

  it('is not sent when who is told of it leaves, and holds no place', () => {
    inVirtualTime(({ flush }) => {
      const { result$, events$, b, snapshot } = pair([silent], [after(50)]);
      const run = result$('hello').subscribe();
      events$.subscribe(({ type }) => {
        if (type === 'hedge-sent') run.unsubscribe();
      });
      flush();
      expect(times(b)).toEqual([]);
      expect(snapshot().deployments.map(({ inFlight }) => inFlight)).toEqual([0, 0]);
    });
  });

  it('ends with its subscriber', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const { result$, a, b, snapshot } = pair([silent], [silent]);
      expectObservable(result$('hello'), '150ms !').toBe('-');
      flush();
      expect([ends(a), ends(b)]).toEqual([['aborted'], ['aborted']]);
      expect(snapshot().deployments.map(({ inFlight }) => inFlight)).toEqual([0, 0]);
    });
  });
});

describe('no second call is made', () => {
  const none = (config: Partial<RouterConfig>) => {
    const { result$, b } = pair([after(300)], [after(0)], config);
    const rows = rowsOf(() => result$('hello'));
    expect(times(b)).toEqual([]);
    return rows.map(brief);
  };

  it('without hedge', () => {
    expect(none({ hedge: undefined })).toEqual(['ok']);
  });

  it('when the deadline comes first', () => {
    expect(none({ timeouts: { totalMs: 100 } })).toEqual(['!Timeout total']);
  });

  it('when maxExtra is 0', () => {
    expect(none({ hedge: { afterMs: 100, maxExtra: 0 } })).toEqual(['ok']);
  });

  it('in a group of one', () => {
    const a = fakeProvider([after(300)]);
    expect(none({ deployments: [{ group: 'fake', ...a }] })).toEqual(['ok']);
    expect(times(a)).toEqual([0]);
  });

  it('when no other deployment has room: nobody waits for it', () => {
    const [a, b] = [fakeProvider([after(300)]), fakeProvider([after(0)])];
    const { parallel$ } = createRouter({
      ...virtualTime,
      hedge: { afterMs: 100 },
      experimental: ['hedge'],
      strategy: 'priority-order',
      deployments: [
        { group: 'fake', ...a },
        { group: 'fake', order: 2, ...b, rpm: 1 },
      ],
    });
    const rows = rowsOf(() => parallel$(['one', 'two']));
    expect(rows.map(({ timing }) => timing.elapsedMs)).toEqual([100, 300]);
    expect(times(b)).toEqual([100]);
  });

  it('to a deployment that cools down, even if its time for a probe has come', () => {
    const { parallel$, b } = pair([{ status: 500 }, after(7000), after(300)], [{ status: 401 }, after(0)]);
    const rows = rowsOf(() => parallel$(['one', 'two', 'three'], { concurrency: 1, maxRetries: 1 }));
    expect(rows.map(({ attempts }) => calls(attempts))).toEqual([['a failed', 'b failed'], ['a ok'], ['a ok']]);
    expect(times(b)).toEqual([0]);
  });

  it('when the run has been stopped', () => {
    const { parallel$, b } = pair((_, call) => (call === 0 ? { status: 400, afterMs: 50 } : after(300)), [after(0)]);
    const options = { concurrency: 2, maxErrorRate: { ratio: 0.1, minimum: 1 } };
    expect(rowsOf(() => parallel$(['one', 'two'], options)).map(brief)).toEqual(['!BadRequest', 'ok']);
    expect(times(b)).toEqual([]);
  });
});

describe('the number of second calls', () => {
  const slow = (requests: number, maxExtra?: number): number => {
    const { parallel$, b } = pair([after(200)], [after(200)], { hedge: { afterMs: 100, maxExtra } });
    expect(rowsOf(() => parallel$(Array<string>(requests).fill('hello'), { concurrency: 4 }))).toHaveLength(requests);
    return times(b).length;
  };

  it('is twenty at first, and then a share of the requests: 5 %', () => {
    expect(slow(20)).toBe(20);
    expect(slow(400)).toBe(20 + 19);
  });

  it('is the share that maxExtra says', () => {
    expect(slow(100, 0.1)).toBe(20 + 9);
    expect(slow(100, 1)).toBe(100);
  });
});

describe('a second call of a stream', () => {
  it('is made when there was no content; who speaks first is heard, and the other aborted then', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const { stream$, a, b } = pair(
        [{ afterMs: 160, everyMs: 10, chunks: ['a'] }],
        [{ afterMs: 50, everyMs: 30, chunks: ['b', 'c'] }],
      );
      const chunks$ = stream$('hello').pipe(map(heard));
      expectObservable(chunks$).toBe('150ms b 29ms (c.u|)', { b: 'b', c: 'c', '.': '.stop', u: 'u' });
      flush();
      expect([ends(a), ends(b)]).toEqual([['aborted'], ['replied']]);
    });
  });

  it('is not made once the first has spoken, however slowly it goes on', () => {
    const { stream$, b } = pair([{ chunks: ['a', 'b'], everyMs: 500 }], [after(0)]);
    expect(rowsOf(() => stream$('hello').pipe(map(heard)))).toEqual(['a', 'b', '.stop', 'u']);
    expect(times(b)).toEqual([]);
  });

  it('gives up its place at the other’s first content', () => {
    const { parallelStream$, snapshot } = pair([{ afterMs: 150, everyMs: 500, chunks: ['a', 'b'] }], [after(1000)]);
    let inFlight: readonly number[] = [];
    rowsOf(() =>
      parallelStream$(['x']).pipe(
        map((event) => {
          if (told(event) === '0a') inFlight = snapshot().deployments.map((one) => one.inFlight);
        }),
      ),
    );
    expect(inFlight).toEqual([1, 0]);
  });

  it('is no rescue of a stream that breaks after it has spoken', () => {
    const { parallelStream$ } = pair([{ afterMs: 150, chunks: ['a'], fail: 'cut' }], [after(1000)]);
    expect(rowsOf(() => parallelStream$(['x']).pipe(map(told))).join(' ')).toBe('0> 0a 0=!Connection');
  });

  it('begins anew, or goes on, as one stream does', () => {
    const script = [{ afterMs: 150, chunks: ['a'], fail: 'cut' }, { chunks: ['b'] }] as const;
    const anew = pair(script, [after(1000), { chunks: ['b'] }], { onStreamBreak: 'restart' });
    expect(rowsOf(() => anew.parallelStream$(['x']).pipe(map(told))).join(' ')).toBe('0> 0a 0< 0b 0.stop 0u 0=b');
    const on = pair(script, [after(1000), { chunks: ['b'] }], { onStreamBreak: 'continue' });
    expect(rowsOf(() => on.parallelStream$(['x']).pipe(map(told))).join(' ')).toBe('0> 0a 0b 0.stop 0u 0=ab');
  });
});
