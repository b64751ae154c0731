import { isLeft } from 'fp-ts/Either';
import { asyncScheduler, map, NEVER, of, Subject, tap, throwError, timer } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { JournalError } from '../lib/bulk/journal-error';
import { completionError } from '../lib/domain/error';
import type { FanoutResult } from '../lib/domain/result';
import { parallel$ } from '../lib/parallel';
import { allOf } from './support/all-of';
import { fakeJournal, type FakeJournal } from './support/fake-journal';

const scheduler = (): TestScheduler =>
  new TestScheduler((actual, expected) => {
    expect(actual).toEqual(expected);
  });
const now = (): number => asyncScheduler.now();
const brief = ({ outcome, restored }: FanoutResult<unknown, unknown>): string =>
  `${restored === true ? '=' : ''}${isLeft(outcome) ? '!' : String(outcome.right)}`;
const upper = (text: string) => of(text.toUpperCase());

/** What a first run over these has written. */
async function writtenBy(requests: readonly string[], failing: readonly string[] = []): Promise<FakeJournal> {
  const journal = fakeJournal();
  const run = (text: string) => (failing.includes(text) ? throwError(() => new Error('no')) : upper(text));
  await allOf(parallel$(requests, { run, journal }));
  return journal;
}

describe('a run with a journal', () => {
  it('emits a row only when it is written, and holds its lane until then', () => {
    scheduler().run(({ expectObservable, cold, expectSubscriptions }) => {
      const a = cold('  ---(a|)      ');
      const subA = '    ^--!         ';
      const b = cold('       -(b|)   ');
      const subB = '    -----^!      ';
      const expected = '-----a--(b|) ';
      const run = (name: 'a' | 'b') => ({ a, b })[name];
      const rows$ = parallel$(['a', 'b'] as const, { run, concurrency: 1, now, journal: fakeJournal({ writeMs: 2 }) });
      expectObservable(rows$.pipe(map(brief))).toBe(expected);
      expectSubscriptions(a.subscriptions).toBe(subA);
      expectSubscriptions(b.subscriptions).toBe(subB);
    });
  });

  it('takes nothing before it is read; what comes by itself meanwhile waits', () => {
    scheduler().run(({ hot, expectObservable }) => {
      const requests$ = hot('-a-b-----c--|');
      const expected = '     -----(AB)C--|';
      const rows$ = parallel$(requests$, { run: upper, now, journal: fakeJournal({ loadMs: 5 }) });
      expectObservable(rows$.pipe(map(brief))).toBe(expected);
    });
  });

  it('gives what is finished without running it, whatever its place in the input, and runs failures again', async () => {
    const journal = await writtenBy(['a', 'b', 'c'], ['b']);
    const ran: string[] = [];
    const run = (text: string) => {
      ran.push(text);
      return upper(text);
    };
    const rows = await allOf(parallel$(['c', 'new', 'b', 'a'], { run, journal, order: 'input' }));
    expect(rows.map(brief)).toEqual(['=C', 'NEW', 'B', '=A']);
    expect(rows.map(({ index, request }) => [index, request])).toEqual([
      [0, 'c'],
      [1, 'new'],
      [2, 'b'],
      [3, 'a'],
    ]);
    expect(ran).toEqual(['new', 'b']);
  });

  it('tells equal requests apart by how many came before', async () => {
    const journal = await writtenBy(['a', 'a']);
    const rows = await allOf(parallel$(['a', 'a', 'a'], { run: upper, journal }));
    expect(rows.map(brief).sort()).toEqual(['=A', '=A', 'A']);
    expect(journal.entries.map(({ occurrence }) => occurrence)).toEqual([0, 1, 2]);
  });

  it('knows its rows by the tag of the run, too', async () => {
    const journal = fakeJournal();
    const run = { run: upper, journal };
    await allOf(parallel$(['a'], { ...run, tag: 'monday' }));
    expect((await allOf(parallel$(['a'], { ...run, tag: 'tuesday' }))).map(brief)).toEqual(['A']);
    expect((await allOf(parallel$(['a'], { ...run, tag: 'monday' }))).map(brief)).toEqual(['=A']);
  });

  it('looks up in a journal that does so itself, and keeps nothing of what it loads', async () => {
    const whole = await writtenBy(['a', 'b']);
    const asked: unknown[] = [];
    const journal = {
      ...whole,
      find: (key: string, occurrence: number) => {
        asked.push([JSON.parse(key).request, occurrence]);
        return whole.entries.find((entry) => entry.key === key)?.result;
      },
    };
    expect((await allOf(parallel$(['b', 'x'], { run: upper, journal }))).map(brief)).toEqual(['=B', 'X']);
    expect(asked).toEqual([
      ['b', 0],
      ['x', 0],
    ]);
  });

  it('does not count what is restored as a failure of this run, nor as its cost', async () => {
    const kept = { outcome: { _tag: 'Left' as const, left: 'no' }, timing: { queuedMs: 0, elapsedMs: 5 } };
    const journal = { ...fakeJournal(), find: () => kept };
    const options = { run: upper, journal, maxErrorRate: { ratio: 0, minimum: 1 } };
    expect((await allOf(parallel$(['a', 'b', 'c'], options))).map(brief)).toEqual(['=!', '=!', '=!']);
  });

  it('is closed when the run has ended, and before that is told; also when it is left', async () => {
    const journal = fakeJournal();
    await allOf(parallel$(['a'], { run: upper, journal }).pipe(tap({ complete: () => journal.log.push('complete') })));
    expect(journal.log).toEqual(['loaded', 'written', 'closed', 'complete']);
    const left = fakeJournal();
    parallel$(['a'], { run: () => NEVER, journal: left })
      .subscribe()
      .unsubscribe();
    expect(left.log).toEqual(['loaded', 'closed']);
  });

  it('writes what was answered although its reader has left while it was written', () => {
    scheduler().run(({ expectObservable, flush }) => {
      const journal = fakeJournal({ writeMs: 5 });
      const asked = jest.spyOn(journal, 'append');
      expectObservable(parallel$(['a'], { run: upper, journal }), '---!').toBe('----');
      flush();
      expect(asked).toHaveBeenCalledTimes(1);
    });
  });

  it.each(['answers', 'fails'] as const)(
    'hears nothing of a promise that %s when its reader has left',
    async (ends) => {
      const journal = fakeJournal();
      const run = (_text: string, _index: number, { signal }: { readonly signal: AbortSignal }) =>
        new Promise<string>((resolve, reject) => {
          signal.addEventListener('abort', () => {
            if (ends === 'answers') resolve('late');
            else reject(signal.reason as Error);
          });
        });
      parallel$(['a'], { run, journal }).subscribe().unsubscribe();
      await new Promise(setImmediate);
      expect(journal.log).toEqual(['loaded', 'closed']);
    },
  );

  it('writes of an error what is plain: libraries put sockets and keys into theirs', async () => {
    const journal = fakeJournal();
    const config = { headers: { authorization: 'canary-7f3a' } };
    const socket: Record<string, unknown> = { config };
    socket['parser'] = { socket };
    const failure = Object.assign(new Error('not found'), { status: 404, size: 7n, config, socket });
    const run = (text: string) => (text === 'a' ? throwError(() => failure) : upper(text));
    const rows = await allOf(parallel$(['a', 'b'], { run, journal }));
    expect(rows.map(brief)).toEqual(['!', 'B']);
    expect(rows[0]?.outcome).toEqual({ _tag: 'Left', left: failure });
    expect(journal.entries[0]?.result.outcome).toEqual({
      _tag: 'Left',
      left: { name: 'Error', message: 'not found', status: 404 },
    });
  });

  it("writes a completion's error whole, as a run of one's own may have it from a router", async () => {
    const journal = fakeJournal();
    const attempts = [{ deployment: 'a', startedAt: 0, elapsedMs: 1, ended: 'failed' as const }];
    const failure = completionError({ _tag: 'ServerError', status: 500, attempts });
    await allOf(parallel$(['a'], { run: () => throwError(() => failure), journal }));
    expect(journal.entries[0]?.result.outcome).toMatchObject({ left: { _tag: 'ServerError', status: 500, attempts } });
  });

  it('wants a request that JSON can say, for a row of its own', async () => {
    const rows = await allOf(parallel$([1n, 2], { run: (n) => of(n), journal: fakeJournal() }));
    expect(rows.map(brief)).toEqual(['!', '2']);
    expect(rows[0]?.outcome).toMatchObject({
      left: { _tag: 'Defect', message: /^the key of a request threw a TypeError/ },
    });
  });
});

it('gives what is finished in a run that was stopped, too: it costs nothing', async () => {
  const journal = await writtenBy(['a', 'c']);
  const run = () => throwError(() => new Error('no'));
  const options = { run, journal, concurrency: 1, maxErrorRate: { ratio: 0, minimum: 1 } };
  const rows = await allOf(parallel$(['b', 'a', 'd', 'c'], options));
  expect(rows.map(brief)).toEqual(['!', '=A', '!', '=C']);
  expect(journal.entries).toHaveLength(3);
});

describe('a journal that fails', () => {
  it('stops the run: nothing new is sent, what is under way is emitted, then the stream errors', () => {
    scheduler().run(({ cold, expectObservable, expectSubscriptions, flush }) => {
      const a = cold('  -(a|)      ');
      const b = cold('  ----(b|)   ');
      const subB = '    ^---!      ';
      const c = cold('  -(c|)      ');
      const d = cold('  -(d|)      ');
      const subC = '    -^!        ';
      const expected = '-ac-(b#)   ';
      const journal = fakeJournal({ failsAt: 1 });
      const run = (name: 'a' | 'b' | 'c' | 'd') => ({ a, b, c, d })[name];
      const rows$ = parallel$(['a', 'b', 'c', 'd'] as const, { run, concurrency: 2, now, journal });
      const failure = new JournalError('unwritable', 'the journal failed: no space');
      expectObservable(rows$.pipe(map(brief))).toBe(expected, undefined, failure);
      expectSubscriptions(b.subscriptions).toBe(subB);
      expectSubscriptions(c.subscriptions).toBe(subC);
      expectSubscriptions(d.subscriptions).toBe([]);
      flush();
      expect(journal.log).toEqual(['loaded', 'written', 'closed']);
    });
  });

  it('ends the run at once when it cannot be read', async () => {
    const locked = new JournalError('locked', 'another run writes to it');
    const taken = jest.fn(upper);
    const journal = { ...fakeJournal(), load: () => throwError(() => locked) };
    await expect(allOf(parallel$(['a'], { run: taken, journal }))).rejects.toBe(locked);
    expect(taken).not.toHaveBeenCalled();
  });

  it('is left to the run that has it, when it cannot be read by another', async () => {
    const inUse = { ...fakeJournal(), load: () => throwError(() => new JournalError('locked', 'in use')) };
    await expect(allOf(parallel$(['a'], { run: upper, journal: inUse }))).rejects.toMatchObject({ problem: 'locked' });
    expect(inUse.log).toEqual([]);
  });

  it('stops the run when it cannot be looked up', async () => {
    const ran = jest.fn(upper);
    const journal = {
      ...fakeJournal(),
      find: () => {
        throw new JournalError('unreadable', 'gone');
      },
    };
    const heard: unknown[] = [];
    await new Promise<void>((ended) => {
      parallel$(['a', 'b'], { run: ran, journal, concurrency: 1 }).subscribe({
        next: (row) => heard.push(brief(row)),
        error: (error: unknown) => {
          heard.push(error);
          ended();
        },
      });
    });
    expect(heard).toEqual(['!', expect.objectContaining({ problem: 'unreadable' })]);
    expect(ran).not.toHaveBeenCalled();
  });

  it('ends as soon as it is read when the run was stopped before', () => {
    scheduler().run(({ expectObservable }) => {
      const stopTaking = timer(3);
      const rows$ = parallel$(new Subject<string>(), { run: upper, stopTaking, journal: fakeJournal({ loadMs: 9 }) });
      expectObservable(rows$).toBe('---------|');
    });
  });

  it('leaves out what was not sent because the run was stopped', async () => {
    const journal = fakeJournal();
    const run = (text: string) => (text === 'bad' ? throwError(() => new Error('no')) : upper(text));
    const options = { run, journal, concurrency: 1, maxErrorRate: { ratio: 0, minimum: 1 } };
    const rows = await allOf(parallel$(['good', 'bad', 'later'], options));
    expect(rows.map(brief)).toEqual(['GOOD', '!', '!']);
    expect(journal.entries).toHaveLength(2);
    expect((await allOf(parallel$(['good', 'bad', 'later'], { run: upper, journal }))).map(brief)).toEqual([
      '=GOOD',
      'BAD',
      'LATER',
    ]);
  });
});

it('puts restored rows and new ones in order together', async () => {
  const journal = await writtenBy(['a', 'c']);
  const run = (text: string) => timer(text === 'b' ? 5 : 0).pipe(map(() => text.toUpperCase()));
  const rows = await allOf(parallel$(['a', 'b', 'c', 'd'], { run, journal, order: 'input' }));
  expect(rows.map(brief)).toEqual(['=A', 'B', '=C', 'D']);
});
