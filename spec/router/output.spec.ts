import * as t from 'io-ts';
import { map, NEVER, timer, type Observable } from 'rxjs';
import type { Progress } from '../../lib/bulk/progress';
import type { RouterConfig } from '../../lib/config/router-config';
import type { Completion } from '../../lib/domain/completion';
import type { CompletionError } from '../../lib/domain/error';
import type { FanoutResult } from '../../lib/domain/result';
import type { RouterEvent } from '../../lib/domain/router-event';
import { gather$ } from '../../lib/gather';
import { withOutput } from '../../lib/output/with-output';
import { parallel, parallel$ } from '../../lib/parallel';
import { createRouter, type FanoutRouter } from '../../lib/router';
import type { RunSummary } from '../../lib/rows/run-summary';
import { successes } from '../../lib/rows/successes';
import { summarize } from '../../lib/rows/summarize';
import { unwrap } from '../../lib/rows/unwrap';
import { fakeProvider, virtualTime, type FakeProvider, type FakeReply, type FakeScript } from '../../lib/testing/index';
import { fakeJournal } from '../support/fake-journal';
import { inVirtualTime } from '../support/in-virtual-time';
import { rowsOf } from '../support/rows-of';

const City = t.type({ city: t.string }, 'City');
const output = withOutput(City);

const good: FakeReply = { afterMs: 100, text: '{"city":"Rome"}' };
const bad: FakeReply = { afterMs: 100, text: '{"city":5}' };
const cut: FakeReply = {
  status: 200,
  body: {
    id: 'c',
    created: 0,
    model: 'm',
    choices: [{ index: 0, message: { role: 'assistant', content: '{"city":"Ro' }, finish_reason: 'length' }],
  },
};

const routerOf = (fake: FakeProvider, rest: Partial<RouterConfig> = {}): FanoutRouter =>
  createRouter({
    ...virtualTime,
    deployments: [{ group: 'g', id: 'a', price: { input: 1, output: 1 }, ...fake }],
    ...rest,
  });

/** Two groups, of which the second is asked when the first has failed. */
const groupsOf = (first: FakeScript, second: FakeScript) => {
  const [one, two] = [fakeProvider(first), fakeProvider(second)];
  const deployments = [
    { group: 'one', id: 'a', ...one },
    { group: 'two', id: 'b', ...two },
  ];
  const router = createRouter({ ...virtualTime, deployments, defaultModel: 'one', fallbacks: { one: ['two'] } });
  return { one, two, router };
};

/** A row in a word: its city, or `!` and the tag of its failure. */
const brief = ({ outcome }: FanoutResult<unknown, Completion, CompletionError>): string => {
  if (outcome._tag === 'Left') return `!${outcome.left._tag}`;
  return 'output' in outcome.right && City.is(outcome.right.output) ? outcome.right.output.city : 'no city';
};
const failureOf = (row: FanoutResult<unknown, unknown, CompletionError> | undefined): CompletionError | undefined =>
  row?.outcome._tag === 'Left' ? row.outcome.left : undefined;
const said = ({ calls }: FakeProvider): readonly unknown[] =>
  calls.map(({ request }) => request.messages.map(({ role }) => role).join(' '));
const times = ({ calls }: FakeProvider): readonly number[] => calls.map(({ at }) => at);
const ended = (row: FanoutResult<unknown, unknown> & { readonly attempts?: readonly { ended: string }[] }) =>
  row.attempts?.map((attempt) => attempt.ended);

describe('a run with an output', () => {
  it('has what was decoded in each row, and reads no other run', () => {
    const router = routerOf(fakeProvider([good]));
    expect(rowsOf(() => router.parallel$(['x', 'y'], { output })).map(brief)).toEqual(['Rome', 'Rome']);
    const [plain] = rowsOf(() => router.parallel$(['x']));
    expect(plain?.outcome).not.toHaveProperty('right.output');
  });

  it.each<[string, (router: FanoutRouter) => Observable<unknown>]>([
    ['parallel$', ({ parallel$: run }) => run(['x'], { output }).pipe(map(brief))],
    ['gather$', ({ gather$: run }) => run(['x'], { output }).pipe(map(([row]) => brief(row!)))],
    ['result$', ({ result$ }) => result$('x', { output }).pipe(map(brief))],
    ['completion$', ({ completion$ }) => completion$('x', { output }).pipe(map((answer) => answer.output.city))],
    ['race$', ({ race$ }) => race$('x', { groups: ['g'], output }).pipe(map(brief))],
    ['ensemble$', ({ ensemble$ }) => ensemble$(['x'], { groups: ['g'], output }).pipe(map(brief))],
    ['parallel$ of the package', (router) => parallel$(['x'], { router, output }).pipe(map(brief))],
    ['gather$ of the package', (router) => gather$(['x'], { router, output }).pipe(map(([row]) => brief(row!)))],
    ['the operator', (router) => timer(0).pipe(map(String), parallel({ router, output }), map(brief))],
    [
      'successes',
      ({ parallel$: run }) =>
        run(['x'], { output }).pipe(
          successes(),
          map(({ outcome }) => outcome.right.output.city),
        ),
    ],
    [
      'unwrap',
      ({ parallel$: run }) =>
        run(['x'], { output }).pipe(
          unwrap(),
          map((answer) => answer.output.city),
        ),
    ],
  ])('is one by %s', (_, run) => {
    expect(rowsOf(() => run(routerOf(fakeProvider([bad, good]))))).toEqual(['Rome']);
  });

  it('reads an answer that was streamed', () => {
    const fake = fakeProvider([{ chunks: ['{"city":', '5}'] }, { chunks: ['{"city":', '"Rome"}'] }]);
    const request = { messages: [{ role: 'user', content: 'x' }], stream: true } as const;
    expect(rowsOf(() => routerOf(fake).result$(request, { output })).map(brief)).toEqual(['Rome']);
    expect(fake.calls.map(({ request: { stream } }) => stream)).toEqual([true, true]);
  });
});

describe('an answer that cannot be decoded', () => {
  it('is asked again, with what was wrong: one call more, that is paid for', () => {
    const fake = fakeProvider([bad, good]);
    const router = routerOf(fake);
    const events: RouterEvent[] = [];
    router.events$.subscribe((event) => events.push(event));
    const [row] = rowsOf(() => router.result$('Where?', { output }));
    expect(row && brief(row)).toBe('Rome');
    expect(fake.calls[1]?.request.messages).toEqual([
      { role: 'user', content: 'Where?' },
      { role: 'assistant', content: '{"city":5}' },
      { role: 'user', content: expect.stringContaining('- city: expected string, got a number') },
    ]);
    expect(times(fake)).toEqual([0, 100]);
    const [first, second] = row?.attempts ?? [];
    expect(first).toMatchObject({ ended: 'failed', error: { _tag: 'InvalidOutput', partial: '{"city":5}' } });
    expect(first?.usage?.estimated).toBeUndefined();
    expect(second).toMatchObject({ ended: 'ok' });
    expect(row?.usage.totalTokens).toBe((first?.usage?.totalTokens ?? NaN) + (second?.usage?.totalTokens ?? NaN));
    expect(row?.cost).toBeCloseTo((row?.usage.totalTokens ?? NaN) / 1e6, 12);
    expect(events.map(({ type }) => type)).toEqual([
      'attempt-started',
      'attempt-failed',
      'retry-scheduled',
      'attempt-started',
      'attempt-succeeded',
    ]);
    expect(events[2]).toMatchObject({ tag: 'InvalidOutput', waitMs: 0 });
  });

  it('is a failure of the request when it was asked as often as it may be', () => {
    const fake = fakeProvider([{ ...bad, text: 'no' }, bad]);
    const [row] = rowsOf(() => routerOf(fake).result$('x', { output }));
    const error = failureOf(row);
    expect(error).toMatchObject({ _tag: 'InvalidOutput', partial: '{"city":5}', deployment: 'a' });
    expect(error?.message).toMatch(/^a: .* city: expected string$/);
    expect(error?.attempts).toHaveLength(2);
    expect(row && ended(row)).toEqual(['failed', 'failed']);
  });

  it.each([
    [0, 1],
    [1, 2],
    [3, 4],
  ])('is asked again as often as reask says: %d', (reask, calls) => {
    const fake = fakeProvider([bad]);
    const rows = rowsOf(() => routerOf(fake).parallel$(['x'], { output: withOutput(City, { reask }) }));
    expect(rows.map(brief)).toEqual(['!InvalidOutput']);
    expect(said(fake)).toEqual(
      Array.from({ length: calls }, (_, i) => ['user', ...Array<string>(i).fill('assistant user')].join(' ')),
    );
  });

  it('is an error of completion$, and an end of unwrap', () => {
    const errors: unknown[] = [];
    inVirtualTime(({ flush }) => {
      routerOf(fakeProvider([bad]))
        .completion$('x', { output })
        .subscribe({ error: (error: unknown) => errors.push(error) });
      flush();
    });
    expect(errors).toMatchObject([{ _tag: 'InvalidOutput', attempts: [{ ended: 'failed' }, { ended: 'failed' }] }]);
  });

  it('is counted as a retry, by progress and in a summary, and by no patience of the router', () => {
    const progress: Progress[] = [];
    const summaries: RunSummary[] = [];
    const fake = fakeProvider([bad, good]);
    rowsOf(() =>
      routerOf(fake, { maxRetries: 0, retryPolicy: { InvalidOutput: 0 } })
        .parallel$(['x'], { output, progress: (told) => progress.push(told) })
        .pipe(summarize({ now: virtualTime.now })),
    ).forEach((summary) => summaries.push(summary));
    expect(progress.at(-1)).toMatchObject({ done: 1, failed: 0, retries: 1 });
    expect(summaries).toMatchObject([
      { succeeded: 1, attempts: 2, retries: 1, ledger: { completed: { calls: 1 }, failed: { calls: 1 } } },
    ]);
  });

  it('is asked for by the retries of its own call, too', () => {
    const fake = fakeProvider([bad, { status: 500 }, { status: 500 }, good]);
    const [row] = rowsOf(() => routerOf(fake).result$('x', { output }));
    expect(row && brief(row)).toBe('Rome');
    expect(said(fake)).toEqual(['user', ...Array<string>(3).fill('user assistant user')]);
  });

  it('says nothing of the deployment', () => {
    const fakes = [fakeProvider([bad]), fakeProvider([bad])];
    const router = createRouter({ ...virtualTime, deployments: fakes.map((fake) => ({ group: 'g', ...fake })) });
    const rows = rowsOf(() => router.parallel$(Array<string>(50).fill('x'), { output }));
    expect(new Set(rows.map(brief))).toEqual(new Set(['!InvalidOutput']));
    expect(router.snapshot().deployments.map(({ health }) => health)).toEqual(['open', 'open']);
    expect(fakes.flatMap(({ calls }) => calls)).toHaveLength(100);
  });

  it('waits for a place as any call does, and leaves that of the first to who waits', () => {
    const fake = fakeProvider((_, call) => (call === 0 ? bad : good));
    const router = createRouter({ ...virtualTime, deployments: [{ group: 'g', maxParallel: 1, ...fake }] });
    const rows = rowsOf(() => router.parallel$(['x', 'y'], { output }));
    expect(rows.map(({ index }) => index)).toEqual([1, 0]);
    expect(said(fake)).toEqual(['user', 'user', 'user assistant user']);
    expect(router.snapshot().waiting).toBe(0);
  });

  it('is not asked about in a conversation for which no window is large enough', () => {
    const long = '{"city":'.padEnd(4000, ' ') + '5}';
    const fake = fakeProvider([{ afterMs: 100, text: long }, good]);
    const deployments = [{ group: 'g', id: 'a', contextWindow: 500, reserveTokens: 10, ...fake }];
    const rows = rowsOf(() => createRouter({ ...virtualTime, deployments }).parallel$(['x'], { output }));
    expect(rows.map(brief)).toEqual(['!InvalidOutput']);
    expect(fake.calls).toHaveLength(1);
  });

  it('goes to another group when its own cannot: with the request itself, and as often', () => {
    const { one, two, router } = groupsOf([bad], [bad, good]);
    const [row] = rowsOf(() => router.result$('x', { output }));
    expect(row).toMatchObject({ deployment: 'b', attempts: { length: 4 } });
    expect(said(one)).toEqual(['user', 'user assistant user']);
    expect(said(two)).toEqual(['user', 'user assistant user']);
  });

  it('is no longer there for another group, whose window need not hold it', () => {
    const [one, two] = [fakeProvider([{ afterMs: 100, text: `{"city":${' '.repeat(4000)}5}` }]), fakeProvider([good])];
    const deployments = [
      { group: 'one', id: 'a', ...one },
      { group: 'two', id: 'b', contextWindow: 500, reserveTokens: 10, ...two },
    ];
    const fallbacks = { one: ['two'] };
    const router = createRouter({ ...virtualTime, deployments, defaultModel: 'one', fallbacks });
    expect(rowsOf(() => router.parallel$(['x'], { output: withOutput(City, { reask: 2 }) })).map(brief)).toEqual([
      'Rome',
    ]);
    expect([one.calls.length, two.calls.length]).toEqual([3, 1]);
  });

  it('takes nothing of its conversation along when its group fails for another reason', () => {
    const { two, router } = groupsOf([bad, { status: 401 }], [good]);
    expect(rowsOf(() => router.parallel$(['x'], { output })).map(brief)).toEqual(['Rome']);
    expect(said(two)).toEqual(['user']);
  });
});

describe('what is not asked about again', () => {
  it('is an answer that was cut off: another group may be shorter', () => {
    const { one, two, router } = groupsOf([cut], [good]);
    const rows = rowsOf(() => router.parallel$(['x'], { output }));
    expect(rows.map(brief)).toEqual(['Rome']);
    expect([one.calls.length, two.calls.length]).toEqual([1, 1]);
    const [row] = rowsOf(() => routerOf(fakeProvider([cut])).result$('x', { output }));
    expect(failureOf(row)).toMatchObject({ _tag: 'InvalidOutput', partial: '{"city":"Ro', isRetryable: false });
  });

  it('is an answer at which the codec threw: a Defect, which no group mends', () => {
    const throwing = new t.Type(
      'throwing',
      City.is,
      () => {
        throw new Error('no');
      },
      t.identity,
    );
    const { one, two, router } = groupsOf([good], [good]);
    const [row] = rowsOf(() => router.result$('x', { output: withOutput(throwing) }));
    expect(failureOf(row)?.message).toMatch(/the codec of withOutput threw an? Error/);
    expect(row?.usage.totalTokens).toBeGreaterThan(0);
    expect([one.calls.length, two.calls.length]).toEqual([1, 0]);
  });

  it('is one for which there is no time', () => {
    const fake = fakeProvider([bad]);
    const options = { output, timeouts: { totalMs: 150 } };
    const [row] = rowsOf(() => routerOf(fake).result$('x', options));
    expect(failureOf(row)).toMatchObject({ _tag: 'Timeout', phase: 'total' });
    expect(row?.timing.elapsedMs).toBe(150);
    expect(fake.calls.map(({ ended: how }) => how)).toEqual(['replied', 'aborted']);
    const late = fakeProvider([bad]);
    const [none] = rowsOf(() => routerOf(late).result$('x', { output, timeouts: { totalMs: 100.5 } }));
    expect(failureOf(none)).toMatchObject({ _tag: 'InvalidOutput', attempts: { length: 1 } });
    expect(late.calls).toHaveLength(1);
  });

  it('is one for which the budget has nothing left', () => {
    const fake = fakeProvider([bad]);
    const rows = rowsOf(() =>
      routerOf(fake).parallel$(['x', 'y'], { output, budget: { requests: 1 }, concurrency: 1 }),
    );
    expect(rows.map(brief)).toEqual(['!BudgetExceeded', '!BudgetExceeded']);
    expect(fake.calls).toHaveLength(1);
    expect(rows[0]?.attempts).toHaveLength(1);
  });

  it('is one whose run has been stopped', () => {
    const fake = fakeProvider(({ messages }) => (messages[0]?.content === 'y' ? { status: 400, afterMs: 50 } : bad));
    const maxErrorRate = { ratio: 0, minimum: 1 };
    const rows = rowsOf(() => routerOf(fake).parallel$(['x', 'y'], { output, maxErrorRate }));
    expect(rows.map(brief)).toEqual(['!BadRequest', '!Cancelled']);
    expect(fake.calls).toHaveLength(2);
  });

  it('is one that nobody waits for any more', () => {
    const fake = fakeProvider([bad]);
    inVirtualTime(({ expectObservable, flush }) => {
      const router = routerOf(fake, { deployments: [{ group: 'g', ...fake, maxParallel: 1 }] });
      expectObservable(router.result$('x', { output }), '150ms !').toBe('200ms -');
      flush();
      expect(fake.calls.map(({ ended: how }) => how)).toEqual(['replied', 'aborted']);
      expect(router.snapshot().deployments).toMatchObject([{ inFlight: 0 }]);
    });
  });

  it('is one that its own routing.until ends', () => {
    const fake = fakeProvider([bad]);
    const request = { messages: [{ role: 'user', content: 'x' }], routing: { until: timer(150) } } as const;
    expect(rowsOf(() => routerOf(fake).result$(request, { output })).map(brief)).toEqual(['!Cancelled']);
    expect(fake.calls.map(({ ended: how }) => how)).toEqual(['replied', 'aborted']);
  });
});

describe('several answers to one request', () => {
  it('of two calls of one try, the one that cannot be decoded leaves it to the other', () => {
    const [slow, quick] = [fakeProvider([{ ...good, afterMs: 400 }]), fakeProvider([bad])];
    const router = createRouter({
      ...virtualTime,
      strategy: 'priority-order',
      hedge: { afterMs: 100 },
      experimental: ['hedge'],
      deployments: [
        { group: 'g', id: 'a', order: 1, ...slow },
        { group: 'g', id: 'b', order: 2, ...quick },
      ],
    });
    const [row] = rowsOf(() => router.result$('x', { output }));
    expect(row).toMatchObject({ deployment: 'a', timing: { elapsedMs: 400 } });
    expect(row && ended(row)).toEqual(['ok', 'failed']);
    expect([slow.calls.length, quick.calls.length]).toEqual([1, 1]);
  });

  it('is asked again when both cannot be decoded', () => {
    const fakes = [fakeProvider([{ ...bad, afterMs: 150 }, good]), fakeProvider([bad])] as const;
    const router = createRouter({
      ...virtualTime,
      strategy: 'priority-order',
      hedge: { afterMs: 100 },
      experimental: ['hedge'],
      deployments: fakes.map((fake, i) => ({ group: 'g', id: 'ab'.charAt(i), order: i + 1, ...fake })),
    });
    const [row] = rowsOf(() => router.result$('x', { output }));
    expect(row).toMatchObject({ deployment: 'a', timing: { elapsedMs: 300 }, attempts: { length: 3 } });
    expect(said(fakes[0])).toEqual(['user', 'user assistant user']);
  });

  it('of several groups, the first that can be decoded is first', () => {
    const { router } = groupsOf([{ ...bad, afterMs: 10 }], [{ ...good, afterMs: 300 }]);
    const [row] = rowsOf(() => router.race$('x', { groups: ['one', 'two'], output }));
    expect(row).toMatchObject({ group: 'two', attempts: { length: 3 } });
    expect(row && brief(row)).toBe('Rome');
  });
});

describe('a journal and dedupe', () => {
  const written = (journal: ReturnType<typeof fakeJournal>): string => JSON.stringify(journal.entries);

  it('keep the completion, not what was decoded: it is decoded again, and costs nothing', () => {
    const journal = fakeJournal();
    const fake = fakeProvider([bad, good]);
    rowsOf(() => routerOf(fake).parallel$(['x'], { output, journal }));
    expect(written(journal)).not.toContain('"output"');
    const Shouted = City.pipe(
      new t.Type(
        'Shouted',
        (value): value is { readonly city: string } => City.is(value),
        (value: t.TypeOf<typeof City>) => t.success({ city: value.city.toUpperCase() }),
        t.identity,
      ),
    );
    const unused = fakeProvider([good]);
    const rows = rowsOf(() => routerOf(unused).parallel$(['x'], { output: withOutput(Shouted), journal }));
    expect(rows.map(brief)).toEqual(['ROME']);
    expect(rows[0]).toMatchObject({ restored: true, attempts: { length: 2 } });
    expect(unused.calls).toHaveLength(0);
    expect(journal.entries).toHaveLength(1);
  });

  it('give an InvalidOutput for what another codec had taken, and neither pay nor write again', () => {
    const journal = fakeJournal();
    rowsOf(() => routerOf(fakeProvider([good])).parallel$(['x'], { output, journal }));
    const before = written(journal);
    const unused = fakeProvider([good]);
    const stricter = withOutput(t.type({ city: t.string, country: t.string }));
    const [row] = rowsOf(() => routerOf(unused).parallel$(['x'], { output: stricter, journal }));
    expect(row).toMatchObject({ restored: true, usage: { totalTokens: expect.any(Number) } });
    expect(failureOf(row)).toMatchObject({
      _tag: 'InvalidOutput',
      partial: '{"city":"Rome"}',
      attempts: { length: 1 },
    });
    expect(unused.calls).toHaveLength(0);
    expect(written(journal)).toBe(before);
    expect(rowsOf(() => routerOf(unused).parallel$(['x'], { output, journal })).map(brief)).toEqual(['Rome']);
  });

  it('run what could not be decoded again, as any failure', () => {
    const journal = fakeJournal();
    rowsOf(() => routerOf(fakeProvider([bad])).parallel$(['x'], { output, journal }));
    const fake = fakeProvider([good]);
    expect(rowsOf(() => routerOf(fake).parallel$(['x'], { output, journal })).map(brief)).toEqual(['Rome']);
    expect(said(fake)).toEqual(['user']);
  });

  it('share what was decoded', () => {
    const fake = fakeProvider([bad, good]);
    const rows = rowsOf(() => routerOf(fake).parallel$(['x', 'x'], { output, dedupe: true }));
    expect(rows.map(brief)).toEqual(['Rome', 'Rome']);
    expect(rows.map(({ shared }) => shared)).toEqual([undefined, true]);
    expect(fake.calls).toHaveLength(2);
  });
});

describe('the option', () => {
  const router = routerOf(fakeProvider([good]));

  it.each([
    [City, 'an object'],
    [null, 'an object'],
    ['City', 'string'],
    [() => City, 'function'],
  ])('is refused when it is no withOutput', (wrong, named) => {
    const message = `output must be withOutput(codec), not ${named}`;
    expect(() => router.parallel$(['x'], { output: wrong as never })).toThrow(new TypeError(message));
    expect(() => router.result$('x', { output: wrong as never })).toThrow(new TypeError(message));
    expect(() => router.race$('x', { groups: ['g'], output: wrong as never })).toThrow(new TypeError(message));
    expect(() => router.ensemble$(['x'], { groups: ['g'], output: wrong as never })).toThrow(new TypeError(message));
  });

  it('is refused for chunks, which are heard before there is anything to decode', () => {
    const message =
      'output only means something for rows: chunks are heard before the answer can be decoded; leave it out, or use parallel$';
    expect(() => router.stream$('x', { output } as object)).toThrow(new TypeError(message));
    expect(() => router.parallelStream$(['x'], { output } as object)).toThrow(new TypeError(message));
  });

  it('is refused with a run of your own', () => {
    const message = 'output only means something for completions: a run of your own sets its own';
    expect(() => parallel$(['x'], { run: () => NEVER, output } as never)).toThrow(new TypeError(message));
  });

  it('may be undefined', () => {
    expect(rowsOf(() => router.result$('x', { output: undefined })).map(brief)).toEqual(['no city']);
  });
});
