import { take, timer, type Observable } from 'rxjs';
import type { RouterConfig } from '../../lib/config/router-config';
import type { CompletionRequest } from '../../lib/domain/request';
import type { ParallelResult } from '../../lib/domain/result';
import type { Strategy } from '../../lib/plan/strategies/strategy';
import { createRouter, type FanoutRouter } from '../../lib/router';
import { fakeProvider, virtualTime, type FakeReply } from '../../lib/testing/index';
import { brief } from '../support/brief';
import { inVirtualTime } from '../support/in-virtual-time';
import { rowsOf } from '../support/rows-of';

type Scripts = Readonly<Record<string, readonly FakeReply[]>>;

/** A router over one group; the deployments' ids are the names of the scripts, their orders and weights 1, 2, 3 … */
function routerOf(scripts: Scripts, strategy: RouterConfig['strategy'], rest: object = {}): FanoutRouter {
  const deployments = Object.entries(scripts).map(([id, script], i) => {
    return { group: 'g', id, order: i + 1, weight: i + 1, ...fakeProvider(script), ...rest };
  });
  return createRouter({ ...virtualTime, maxRetries: 1, strategy, deployments });
}

const ask = (content: string, rest: Partial<CompletionRequest> = {}): CompletionRequest => ({
  messages: [{ role: 'user', content }],
  ...rest,
});

/** Who answered the first request, who the second … */
function whoOf(rows: readonly ParallelResult<unknown>[]): readonly (string | undefined)[] {
  return [...rows].sort((a, b) => a.index - b.index).map(({ deployment }) => deployment);
}
const who = (router: FanoutRouter, requests: readonly CompletionRequest[], concurrency = 1) =>
  whoOf(rowsOf(() => router.parallel$(requests, { concurrency })));
const times = (n: number, rest?: Partial<CompletionRequest>) => Array.from({ length: n }, () => ask('hello', rest));

/** What the router's snapshot says of speed when the run is over. */
function speedsAfter(router: FanoutRouter, run$: Observable<unknown>): readonly object[] {
  let speeds: readonly object[] = [];
  inVirtualTime(({ flush }) => {
    run$.subscribe();
    flush();
    speeds = router
      .snapshot()
      .deployments.map(({ id, msPerToken, firstChunkMs }) => ({ id, msPerToken, firstChunkMs }));
  });
  return speeds;
}

const quick: readonly FakeReply[] = [{ afterMs: 10, text: 'quick' }];
const slow: readonly FakeReply[] = [{ afterMs: 100, text: 'slow!' }];

describe('the strategy of a router', () => {
  it('least-busy: each call goes where fewest are, so that the faster one gets more of them', () => {
    expect(who(routerOf({ slow, quick }, 'least-busy'), times(6), 2)).toEqual([
      'slow',
      'quick',
      'quick',
      'quick',
      'quick',
      'quick',
    ]);
  });

  it('latency: asks each once, then the fastest by ms a token', () => {
    const long: readonly FakeReply[] = [{ afterMs: 100, text: 'a'.repeat(400) }];
    expect(who(routerOf({ slow, long, quick }, 'latency'), times(6))).toEqual([
      'slow',
      'long',
      'quick',
      'long',
      'long',
      'long',
    ]);
  });

  it('latency: streams go to the one that begins first, whatever whole answers take', () => {
    const late: readonly FakeReply[] = [{ afterMs: 80, chunks: ['a', 'b'] }];
    const soon: readonly FakeReply[] = [{ afterMs: 10, everyMs: 500, chunks: ['a', 'b'] }];
    const router = routerOf({ late, soon }, 'latency');
    expect(who(router, times(4, { stream: true }))).toEqual(['late', 'soon', 'soon', 'soon']);
    expect(who(router, times(2))).toEqual(['late', 'soon']); // nothing is known of whole answers yet
  });

  it('latency: a newcomer that hangs holds one request, not all of them', () => {
    const router = routerOf({ hangs: [{ fail: 'hang' }], quick }, 'latency');
    inVirtualTime(({ flush }) => {
      const rows: ParallelResult<unknown>[] = [];
      const run = router.parallel$(times(50), { concurrency: 2 }).subscribe((row) => rows.push(row));
      timer(5000).subscribe(() => {
        run.unsubscribe();
      });
      flush();
      expect(whoOf(rows)).toEqual(Array(49).fill('quick'));
    });
  });

  it('latency: one that ran out of time is left alone for three minutes, then tried again', () => {
    const timeouts = { attemptMs: 1000 };
    const router = routerOf({ was: [{ fail: 'hang' }, { text: 'well' }], quick }, 'latency', { timeouts });
    expect(who(router, times(3))).toEqual(['quick', 'quick', 'quick']);
    inVirtualTime(({ flush }) => {
      const rows: ParallelResult<unknown>[] = [];
      timer(200_000).subscribe(() => router.parallel$(times(3), { concurrency: 1 }).subscribe((row) => rows.push(row)));
      flush();
      expect(whoOf(rows)).toEqual(['was', 'quick', 'was']); // nothing was heard of the other either
    });
  });

  it('latency: the snapshot has what it goes by', () => {
    const router = routerOf({ slow, quick }, 'latency');
    const requests = [...times(2), ...times(2, { stream: true })];
    expect(speedsAfter(router, router.parallel$(requests, { concurrency: 1 }))).toEqual([
      { id: 'slow', msPerToken: 50, firstChunkMs: 100 },
      { id: 'quick', msPerToken: 5, firstChunkMs: 10 },
    ]);
  });

  it('latency: a stream that is left after its first content has been measured', () => {
    const router = routerOf({ a: [{ afterMs: 30, everyMs: 10, chunks: ['a', 'b', 'c'] }] }, 'latency');
    expect(speedsAfter(router, router.stream$('hello').pipe(take(1)))).toEqual([{ id: 'a', firstChunkMs: 30 }]);
  });

  it('latency: the time to the first content is that of the call, not of the request', () => {
    const router = routerOf(
      {
        a: [
          { afterMs: 70, status: 500 },
          { afterMs: 20, chunks: ['a'] },
        ],
      },
      'latency',
    );
    const row$ = router.result$(ask('hello', { stream: true }));
    expect(speedsAfter(router, row$)).toEqual([{ id: 'a', firstChunkMs: 20 }]);
    expect(rowsOf(() => row$)).toMatchObject([{ timing: { firstChunkMs: 20 } }]);
  });

  it('latency: a call that says nothing is not measured by what an earlier one said', () => {
    const script: readonly FakeReply[] = [
      { afterMs: 30, chunks: ['a'], fail: 'cut' },
      { afterMs: 5, status: 500 },
    ];
    const router = routerOf({ a: script }, 'latency');
    expect(speedsAfter(router, router.result$(ask('hello', { stream: true })))).toEqual([
      { id: 'a', firstChunkMs: 30 },
    ]);
  });

  it('priority-order: the next one is asked when the first has no room', () => {
    const cheap: readonly FakeReply[] = [{ afterMs: 10, text: 'cheap' }];
    const router = routerOf({ cheap, strong: slow }, 'priority-order', { maxParallel: 2 });
    expect(who(router, times(6), 3)).toEqual(['cheap', 'cheap', 'strong', 'cheap', 'cheap', 'cheap']);
  });

  it('priority-order: the next one takes over what the first refuses, throttles and fails', () => {
    const cheap: readonly FakeReply[] = [{ status: 429 }, { status: 500 }, { text: 'cheap' }];
    const router = routerOf({ cheap, strong: quick }, 'priority-order');
    const rows = rowsOf(() => router.parallel$(times(3), { concurrency: 1 }));
    expect(rows.map(brief)).toEqual(['quick', 'quick', 'cheap']);
    expect(rows.map(({ attempts }) => attempts.map(({ deployment }) => deployment))).toEqual([
      ['cheap', 'strong'],
      ['cheap', 'strong'],
      ['cheap'],
    ]);
  });

  it('usage: those with limits fill up alike, each by what its calls really took', () => {
    const [small, large] = [{ tpm: 1e6 }, { tpm: 3e6 }].map((limits, i) => {
      return {
        group: 'g',
        id: ['small', 'large'][i],
        ...limits,
        ...fakeProvider([{ text: 'a'.repeat(36), afterMs: 10 }]),
      };
    });
    const router = createRouter({ ...virtualTime, strategy: 'usage', deployments: [small!, large!] });
    const answered = who(router, times(40, { max_tokens: 20 }));
    expect(answered.filter((id) => id === 'small').length).toBe(10);
  });

  it('cost: the cheapest for what the request reads and may write; the next ones when it has no room or fails', () => {
    const broken: readonly FakeReply[] = [{ status: 500 }, ...quick];
    const [cheap, dear, unknown] = ['cheap', 'dear', 'unknown'].map((id) => {
      return { group: 'g', id, maxParallel: 1, ...fakeProvider(id === 'cheap' ? broken : slow) };
    });
    const deployments = [
      unknown!,
      { ...dear!, price: { input: 1, output: 10 } },
      { ...cheap!, price: { input: 2, output: 5 } },
    ];
    const router = createRouter({ ...virtualTime, strategy: 'cost', deployments });
    expect(who(router, times(1))).toEqual(['dear']); // after the failure of the cheap one
    expect(who(router, times(3), 3)).toEqual(['cheap', 'dear', 'unknown']);
  });

  it('cost: what is cheap for short prompts may be dear for long ones', () => {
    const flat = { group: 'g', id: 'flat', price: { input: 3, output: 3 }, ...fakeProvider(quick) };
    const stepped = {
      group: 'g',
      id: 'stepped',
      price: { input: 2, output: 2, longPrompt: { above: 1000, input: 4, output: 4 } },
      ...fakeProvider(quick),
    };
    const router = createRouter({ ...virtualTime, strategy: 'cost', deployments: [flat, stepped] });
    expect(who(router, [ask('short'), ask('long '.repeat(1000))])).toEqual(['stepped', 'flat']);
  });

  it('is one for each group, where it is given so, and simple-shuffle for the others', () => {
    const deployments = ['a', 'b', 'constructor'].flatMap((group) =>
      [2, 1].map((order) => ({ group, id: `${group}${String(order)}`, order, ...fakeProvider(quick) })),
    );
    const strategy: RouterConfig['strategy'] = { a: 'priority-order', b: (candidates) => candidates[1]! };
    const router = createRouter({ ...virtualTime, strategy, deployments });
    const requests = ['a', 'b', 'constructor'].map((model) => ask('hello', { model }));
    expect(who(router, requests)).toEqual(['a1', 'b1', 'constructor2']);
  });

  it('may be a function: of the candidates that have room, and of the request', () => {
    const seen: string[] = [];
    const strategy: Strategy = (candidates, { metadata }) => {
      seen.push(candidates.map(({ id, inFlight }) => `${id}${String(inFlight)}`).join(' '));
      return candidates.find(({ id }) => id === metadata) ?? candidates[0]!;
    };
    const router = routerOf({ a: quick, b: quick, c: quick }, strategy, { maxParallel: 1 });
    const requests = ['c', 'b', 'c', 'c'].map((metadata) => ask('hello', { metadata }));
    expect(who(router, requests, 3)).toEqual(['c', 'b', 'a', 'c']);
    expect(seen).toEqual(['a0 b0 c0', 'a0 b0', 'a0', 'c0']);
  });
});

describe('a function that breaks', () => {
  it.each<[string, Strategy]>([
    [
      'throws',
      (candidates, { metadata }) => {
        if (metadata === 'bad') throw new Error('the prompt');
        return candidates[0]!;
      },
    ],
    [
      'returns a stranger',
      (candidates, { metadata }) => (metadata === 'bad' ? { ...candidates[0]!, id: 'nobody' } : candidates[0]!),
    ],
  ])('%s: a Defect of that request alone, at once or in the line, and no place is lost', (_, strategy) => {
    const router = routerOf({ a: quick }, strategy, { maxParallel: 1 });
    const requests = ['bad', 'good', 'bad', 'good'].map((metadata) => ask('hello', { metadata }));
    const rows = rowsOf(() => router.parallel$(requests, { concurrency: 4, order: 'input' }));
    expect(rows.map(brief)).toEqual(['!Defect', 'quick', '!Defect', 'quick']);
    expect(rows.map(({ attempts }) => attempts.length)).toEqual([0, 1, 0, 1]);
    expect(JSON.stringify(rows.map(({ outcome }) => outcome))).not.toContain('the prompt');
    expect(router.snapshot()).toMatchObject({ waiting: 0, deployments: [{ inFlight: 0, health: 'open', calls: 2 }] });
  });

  it('when a retry is chosen: the request fails with it, and keeps its attempts', () => {
    let asked = 0;
    const strategy: Strategy = (candidates) => {
      asked += 1;
      if (asked > 1) throw new Error('no more');
      return candidates[0]!;
    };
    const router = routerOf({ a: [{ status: 500 }], b: quick }, strategy);
    const [row] = rowsOf(() => router.result$('hello'));
    expect(row).toMatchObject({
      outcome: { left: { _tag: 'Defect' } },
      attempts: [{ error: { _tag: 'ServerError' } }],
    });
  });
});
