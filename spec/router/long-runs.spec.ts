import { map, tap, timer } from 'rxjs';
import type { RouterConfig } from '../../lib/config/router-config';
import type { CompletionRequest } from '../../lib/domain/request';
import type { ParallelResult } from '../../lib/domain/result';
import type { RunSummary } from '../../lib/rows/run-summary';
import { unreadableRequest } from '../../lib/domain/unreadable-request';
import type { Progress } from '../../lib/bulk/progress';
import { createRouter, type FanoutRouter } from '../../lib/router';
import { summarize } from '../../lib/rows/summarize';
import { fakeProvider, virtualTime, type FakeProvider } from '../../lib/testing/index';
import { brief } from '../support/brief';
import { fakeJournal } from '../support/fake-journal';
import { inVirtualTime } from '../support/in-virtual-time';
import { rowsOf } from '../support/rows-of';

const user = (content: string): CompletionRequest['messages'] => [{ role: 'user', content }];
const asText = (content: unknown): string => (typeof content === 'string' ? content : '');
const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
const answering = (afterMs = 100): FakeProvider =>
  fakeProvider((request) => ({ afterMs, text: `re: ${asText(request.messages[0]?.content)}` }));
const routerOf = (fake: FakeProvider, rest: Partial<RouterConfig> = {}): FanoutRouter =>
  createRouter({
    ...virtualTime,
    deployments: [{ group: 'g', id: 'a', price: { input: 1e6, output: 1e6 }, ...fake }],
    ...rest,
  });

describe('a journal of a router', () => {
  it("gives back rows as they were, but for their place, their request and the vendor's own body", () => {
    const journal = fakeJournal();
    const first = rowsOf(() => routerOf(answering()).parallel$(['x', 'y'], { journal, order: 'input' }));
    const fake = answering();
    const again = rowsOf(() => routerOf(fake).parallel$(['y', 'x'], { journal, order: 'input' }));
    expect(again.map(brief)).toEqual(['re: y', 're: x']);
    expect(fake.calls).toHaveLength(0);
    const [x] = first;
    expect(x?.outcome).toMatchObject({ right: { raw: expect.anything() } });
    const right = { ...(x?.outcome._tag === 'Right' ? x.outcome.right : undefined), raw: undefined };
    expect(again[1]).toEqual({ ...x, index: 1, outcome: { _tag: 'Right', right }, restored: true });
  });

  it('knows a request by what is sent: not by its metadata and routing, nor by how the default is named', () => {
    const journal = fakeJournal();
    rowsOf(() => routerOf(answering()).parallel$(['x'], { journal }));
    const same = [{ messages: user('x'), model: 'g', metadata: 7, routing: { priority: 1 } }];
    expect(rowsOf(() => routerOf(answering()).parallel$(same, { journal }))[0]).toMatchObject({ restored: true });
    const other = [{ messages: user('x'), temperature: 0 }];
    expect(rowsOf(() => routerOf(answering()).parallel$(other, { journal }))[0]).not.toHaveProperty('restored');
  });

  it('runs failures again; one that keeps them gives them back as errors', () => {
    const journal = fakeJournal();
    const failing = fakeProvider(() => ({ status: 400, body: { error: { message: 'no', code: 'bad' } } }));
    const [failed] = rowsOf(() => routerOf(failing).parallel$(['x'], { journal }));
    const [again] = rowsOf(() => routerOf(answering()).parallel$(['x'], { journal }));
    expect(brief(again!)).toBe('re: x');
    const keeping = { ...fakeJournal(), find: () => journal.entries[0]?.result };
    const [kept] = rowsOf(() => routerOf(answering()).parallel$(['x'], { journal: keeping }));
    const error = kept?.outcome._tag === 'Left' ? kept.outcome.left : undefined;
    expect(error).toBeInstanceOf(Error);
    const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
    expect(asJson(error)).toEqual(asJson(failed?.outcome._tag === 'Left' ? failed.outcome.left : 0));
  });

  it('refuses what is no row, and sends nothing more', () => {
    const fake = answering();
    const journal = { ...fakeJournal(), find: () => ({ outcome: { _tag: 'Right' as const, right: 5 } }) as never };
    const heard: unknown[] = [];
    inVirtualTime(({ flush }) => {
      routerOf(fake)
        .parallel$(['x', 'y'], { journal, concurrency: 1 })
        .subscribe({ next: (row) => heard.push(brief(row)), error: (error: unknown) => heard.push(error) });
      flush();
    });
    expect(heard).toEqual(['!Cancelled', expect.objectContaining({ name: 'JournalError', problem: 'version' })]);
    expect(fake.calls).toHaveLength(0);
  });

  it('has its own rows for each group of an ensemble', () => {
    const journal = fakeJournal();
    const [one, two] = [answering(), answering()];
    const router = (): FanoutRouter =>
      createRouter({
        ...virtualTime,
        deployments: [
          { group: 'g', id: 'a', ...one },
          { group: 'h', id: 'b', ...two },
        ],
        defaultModel: 'g',
      });
    rowsOf(() => router().ensemble$(['x'], { groups: ['g'], journal }));
    const rows = rowsOf(() => router().ensemble$(['x'], { groups: ['g', 'h'], journal, order: 'input' }));
    expect(rows.map(({ group, restored }) => [group, restored])).toEqual([
      ['g', true],
      ['h', undefined],
    ]);
    expect([one.calls.length, two.calls.length]).toEqual([1, 1]);
  });

  it('counts what is restored in no budget and in no cost of the progress', () => {
    const journal = fakeJournal();
    rowsOf(() => routerOf(answering()).parallel$(['x', 'y'], { journal }));
    const told: Progress[] = [];
    const options = { journal, budget: { requests: 1 }, concurrency: 1, progress: (now: Progress) => told.push(now) };
    const rows = rowsOf(() => routerOf(answering()).parallel$(['x', 'y', 'z'], options));
    expect(rows.map(brief)).toEqual(['re: x', 're: y', 're: z']);
    expect(rows[0]?.usage.totalTokens).toBeGreaterThan(0);
    expect(told.at(-1)).toMatchObject({
      done: 3,
      restored: 2,
      tokens: rows[2]?.usage.totalTokens,
      cost: rows[2]?.cost,
    });
  });
});

describe('a line that could not be read', () => {
  it('is a BadRequest in its place, and nothing is sent for it', () => {
    const fake = answering();
    const bad = unreadableRequest('line 2: not JSON', { line: 2 });
    const good = { messages: user('x'), metadata: { line: 1 } };
    const rows = rowsOf(() => routerOf(fake).parallel$([good, bad], { order: 'input', journal: fakeJournal() }));
    expect(rows.map(brief)).toEqual(['re: x', '!BadRequest']);
    expect(rows[1]).toMatchObject({
      request: { metadata: { line: 2 } },
      outcome: { left: { message: 'line 2: not JSON' } },
    });
    expect(fake.calls).toHaveLength(1);
  });
});

describe('dedupe in a router', () => {
  const [x, urgent, alone] = [
    { messages: user('x') },
    { messages: user('x'), routing: { priority: 0 } },
    { messages: user('x'), routing: { dedupe: false } },
  ];

  it('pays for one call: the first row has what it took, the others say that they share it', () => {
    const fake = answering();
    const rows = rowsOf(() =>
      routerOf(fake).parallel$([x, 'x', urgent, alone, alone], { dedupe: true, order: 'input' }),
    );
    expect(fake.calls).toHaveLength(4);
    expect(rows.map(({ shared }) => shared)).toEqual([undefined, true, undefined, undefined, undefined]);
    expect(rows[1]).toMatchObject({ deployment: 'a', attempts: [], usage: { totalTokens: 0 }, request: 'x' });
    expect(rows[1]).not.toHaveProperty('cost');
    expect(new Set(rows.map(brief))).toEqual(new Set(['re: x']));
  });

  it('leaves a request that can be cancelled alone its own call', () => {
    const fake = answering();
    const routing = { until: timer(50) };
    const requests = [
      { messages: user('x'), routing },
      { messages: user('x'), routing },
    ];
    const rows = rowsOf(() => routerOf(fake).parallel$(requests, { dedupe: true }));
    expect(rows.map(brief)).toEqual(['!Cancelled', '!Cancelled']);
    expect(fake.calls).toHaveLength(2);
  });

  it('tells what is no request at all as a run without it does', () => {
    const run = (dedupe: boolean) => rowsOf(() => routerOf(answering()).parallel$([null as never, x], { dedupe }));
    expect(run(true).map(brief)).toEqual(['!BadRequest', 're: x']);
    expect(run(true).map(brief)).toEqual(run(false).map(brief));
  });

  it('is refused for streams of chunks, with the reason', () => {
    expect(() => routerOf(answering()).parallelStream$(['x'], { dedupe: true } as object)).toThrow(
      new TypeError(
        'dedupe only means something for rows: an answer that is shared has no chunks of its own; leave it out, or use parallel$',
      ),
    );
  });
});

describe('the ledger', () => {
  const summaryOf = (rows: readonly ParallelResult<unknown>[]): RunSummary | undefined => {
    let summary: RunSummary | undefined;
    inVirtualTime(({ cold, flush }) => {
      cold(`(${'r'.repeat(rows.length)}|)`, { r: 0 })
        .pipe(
          map((_, i) => rows[i]!),
          summarize(),
          tap((told) => (summary = told)),
        )
        .subscribe();
      flush();
    });
    return summary;
  };

  it('is the same in the rows, of the deployment and of the run', () => {
    let calls = 0;
    const fake = fakeProvider(() => (calls++ === 0 ? { status: 500 } : { text: 'ok', body: { usage } }));
    const router = routerOf(fake);
    const rows = rowsOf(() => router.parallel$(['x', 'y'], { concurrency: 1, tag: 'nightly' }));
    const summary = summaryOf(rows);
    const { deployments, runs } = router.snapshot();
    expect(summary?.ledger).toMatchObject({ completed: { calls: 2 }, failed: { calls: 1 }, retried: { calls: 1 } });
    expect(summary?.deployments).toEqual({ a: summary?.ledger });
    expect(deployments[0]?.ledger).toEqual(summary?.ledger);
    expect(runs).toEqual([{ tag: 'nightly', total: summary?.ledger, deployments: { a: summary?.ledger } }]);
  });

  it('has what a cancelled run took, right after it, by estimate', () => {
    const router = routerOf(fakeProvider(() => ({ fail: 'hang' })));
    inVirtualTime(({ flush }) => {
      const running = router.parallel$(['x', 'y'], { tag: 'nightly' }).subscribe();
      timer(50).subscribe(() => {
        running.unsubscribe();
      });
      flush();
    });
    const [run] = router.snapshot().runs;
    expect(run?.total).toMatchObject({ completed: { calls: 0 }, aborted: { calls: 2, usage: { estimated: true } } });
    expect(run?.total.aborted.cost).toBeGreaterThan(0);
  });
});
