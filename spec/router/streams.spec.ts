import { concatMap, first, groupBy, map, mergeMap, take, tap, toArray } from 'rxjs';
import { accumulate } from '../../lib/accumulate';
import { text } from '../../lib/domain/completion';
import type { CompletionRequest } from '../../lib/domain/request';
import type { RouterConfig } from '../../lib/config/router-config';
import type { RouterRunOptions } from '../../lib/parallel-router';
import { createRouter } from '../../lib/router';
import { toAsyncIterable } from '../../lib/rx/to-async-iterable';
import { fakeProvider, virtualTime, type FakeProvider } from '../../lib/testing/index';
import { allOf } from '../support/all-of';
import { heard, told } from '../support/heard';
import { inVirtualTime } from '../support/in-virtual-time';
import { rowsOf } from '../support/rows-of';

const routerOf = (fake: FakeProvider, config: Partial<RouterConfig> = {}) =>
  createRouter({ ...virtualTime, deployments: [{ group: 'fake', ...fake }], ...config });
const promptOf = ({ messages }: CompletionRequest): string => messages[0]?.content as string;

/** Says each word of its prompt, a millisecond apart. */
const echo = () => fakeProvider((request) => ({ everyMs: 1, chunks: promptOf(request).split(' ') }));

describe('parallelStream$', () => {
  it('tells of each request its start, its chunks and its row, side by side', () => {
    inVirtualTime(({ expectObservable }) => {
      const events$ = routerOf(echo()).parallelStream$(['a b c', 'x y']);
      expectObservable(events$.pipe(map(told), toArray())).toBe('--(a|)', {
        a: '0> 0a 1> 1x 0b 1y 1.stop 1u 1=xy 0c 0.stop 0u 0=abc'.split(' '),
      });
    });
  });

  it('keeps to its concurrency', () => {
    const told$ = routerOf(echo()).parallelStream$(['a b', 'x y'], { concurrency: 1 }).pipe(map(told));
    expect(rowsOf(() => told$).join(' ')).toBe('0> 0a 0b 0.stop 0u 0=ab 1> 1x 1y 1.stop 1u 1=xy');
  });

  it('starts each subscription anew', () => {
    const fake = echo();
    const events$ = routerOf(fake).parallelStream$(['a']).pipe(map(told));
    expect(rowsOf(() => events$)).toEqual(rowsOf(() => events$));
    expect(fake.calls).toHaveLength(2);
  });

  it('gives each request back as the very object that it was', () => {
    const request = { messages: [{ role: 'user', content: 'a' }], metadata: { id: 7 } } as const;
    const events = rowsOf(() => routerOf(echo()).parallelStream$([request]));
    expect(events.every((event) => event.request === request)).toBe(true);
    expect(events.map(({ type }) => type)).toEqual(['start', 'chunk', 'chunk', 'chunk', 'result']);
  });

  it('is ready to be grouped by request', async () => {
    const texts$ = routerOf(echo())
      .parallelStream$(['a b', 'x y z'])
      .pipe(
        groupBy(({ index }) => index),
        mergeMap((one$) => one$.pipe(map(told), toArray())),
        map((all) => all.length),
      );
    expect(await allOf(texts$)).toEqual([6, 7]);
  });

  it('gives a malformed request its row, and goes on', () => {
    const wrong = { messages: [] };
    const told$ = routerOf(echo()).parallelStream$([wrong, 'a']).pipe(map(told));
    expect(rowsOf(() => told$).join(' ')).toBe('0> 0=!BadRequest 1> 1a 1.stop 1u 1=a');
  });

  it('streams a request that says stream: false all the same', () => {
    const request = { messages: [{ role: 'user', content: 'a b' }], stream: false } as const;
    const told$ = routerOf(echo()).parallelStream$([request]).pipe(map(told));
    expect(rowsOf(() => told$)).toContain('0b');
  });

  it('errors with the first failure under failFast, and aborts the rest', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const fake = fakeProvider((request) =>
        promptOf(request) === 'bad' ? { afterMs: 2, status: 400 } : { everyMs: 1, chunks: ['a', 'b', 'c', 'd'] },
      );
      const told$ = routerOf(fake).parallelStream$(['good', 'bad'], { failFast: true }).pipe(map(told));
      const badRequest = expect.objectContaining({ _tag: 'BadRequest' }) as unknown;
      expectObservable(told$.pipe(toArray())).toBe('--#', undefined, badRequest);
      flush();
      expect(fake.calls.map(({ ended }) => ended)).toEqual(['aborted', 'replied']);
    });
  });

  it('aborts every stream for who leaves', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const fake = echo();
      const told$ = routerOf(fake)
        .parallelStream$(['a b c', 'x y z', 'never sent'], { concurrency: 2 })
        .pipe(map(told));
      expectObservable(told$.pipe(take(5), toArray())).toBe('-(a|)', { a: ['0>', '0a', '1>', '1x', '0b'] });
      flush();
      expect(fake.calls.map(({ ended }) => ended)).toEqual(['aborted', 'aborted']);
    });
  });

  it('sends nothing for who leaves at its start', () => {
    const fake = echo();
    rowsOf(() => routerOf(fake).parallelStream$(['a', 'b'], { concurrency: 2 }).pipe(take(1)));
    expect(fake.calls).toHaveLength(0);
  });

  it('tells the start of requests too that a stopped run no longer sends', () => {
    const fake = fakeProvider([{ status: 400 }]);
    const options = { concurrency: 1, maxErrorRate: { ratio: 0.1, minimum: 1 } };
    const told$ = routerOf(fake).parallelStream$(['a', 'b'], options).pipe(map(told));
    expect(rowsOf(() => told$).join(' ')).toBe('0> 0=!BadRequest 1> 1=!Cancelled');
    expect(fake.calls).toHaveLength(1);
  });

  it.each(['order', 'window'] as const)('has no %s', (name) => {
    const options = { [name]: name === 'order' ? 'input' : 5 } as RouterRunOptions;
    expect(() => routerOf(echo()).parallelStream$(['a'], options)).toThrow(TypeError);
    expect(() => routerOf(echo()).parallelStream$(['a'], options)).toThrow(name);
  });

  it('refuses a bare string and an unknown option at the call', () => {
    const router = routerOf(echo());
    expect(() => router.parallelStream$('a' as never)).toThrow('wrap it in an array');
    expect(() => router.parallelStream$(['a'], { speed: 3 } as never)).toThrow("unknown option 'speed'");
  });
});

describe('stream$', () => {
  it('with accumulate() gives what completion$ gives', async () => {
    const router = routerOf(fakeProvider([{ chunks: ['A ', 'cherry'] }]));
    const [streamed] = await allOf(router.stream$('x').pipe(accumulate()));
    const [whole] = await allOf(router.completion$('x'));
    expect(streamed).toEqual({ ...whole, id: streamed?.id, raw: undefined });
    expect(streamed && text(streamed)).toBe('A cherry');
  });

  it('tells a malformed request as its error', () => {
    inVirtualTime(({ expectObservable }) => {
      const badRequest = expect.objectContaining({ _tag: 'BadRequest' }) as unknown;
      expectObservable(routerOf(echo()).stream$({ messages: [] })).toBe('#', undefined, badRequest);
    });
  });

  it('ends with the reason of its signal', () => {
    inVirtualTime(({ expectObservable, cold }) => {
      const controller = new AbortController();
      cold('-x').subscribe(() => {
        controller.abort('enough');
      });
      const chunks$ = routerOf(echo()).stream$('a b c', { signal: controller.signal });
      expectObservable(chunks$.pipe(map(heard))).toBe('a#', undefined, 'enough');
    });
  });
});

describe('accumulate', () => {
  it('says that there was no choice', async () => {
    const none$ = routerOf(echo()).stream$('a').pipe(take(0), accumulate());
    await expect(allOf(none$)).rejects.toMatchObject({ _tag: 'InvalidResponse' });
  });
});

describe('a slow reader', () => {
  const words = (n: number): string => Array.from({ length: n }, (_, i) => String(i)).join(' ');
  const turn = () => new Promise((resolve) => setTimeout(resolve, 1));

  it('of parallelStream$ holds the lanes', async () => {
    let taken = 0;
    function* prompts(): Generator<string> {
      for (;;) yield words(1 + (taken++ % 3));
    }
    const fake = fakeProvider((request) => ({ chunks: promptOf(request).split(' ') }));
    const router = createRouter({ deployments: [{ group: 'fake', ...fake }] });
    let read = 0;
    for await (const { type } of toAsyncIterable(router.parallelStream$(prompts(), { concurrency: 2 }))) {
      if (type === 'result') read++;
      await turn();
      expect(taken).toBeLessThanOrEqual(read + 3);
      if (read === 5) break;
    }
  });

  it('holds the sockets: a transport that pauses is never far ahead', async () => {
    let [ahead, furthest] = [0, 0];
    const fake = fakeProvider([{ chunks: words(1000).split(' ') }]);
    const transport: typeof fake.transport = (call, flow) =>
      fake.transport(call).pipe(
        concatMap((piece) =>
          flow!.paused$.pipe(
            first((isPaused) => !isPaused),
            map(() => piece),
          ),
        ),
        tap(() => (furthest = Math.max(furthest, ++ahead))),
      );
    const router = createRouter({ deployments: [{ group: 'fake', ...fake, transport }] });
    const chunks = [];
    for await (const chunk of toAsyncIterable(router.stream$('x'))) {
      chunks.push(heard(chunk));
      ahead--;
    }
    expect(chunks).toEqual([...words(1000).split(' '), '.stop', 'u']);
    expect(furthest).toBeGreaterThan(200);
    expect(furthest).toBeLessThan(260);
  });
});
