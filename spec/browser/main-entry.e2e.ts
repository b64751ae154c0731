import type { Page } from 'playwright-core';
import { simulateProviders, type SimulationOptions } from '../../lib/testing/index';
import type { StreamedEvent } from '../../lib/index';
import { browserPage } from '../support/browser-page';
import type { BrowserSite } from '../support/browser-site';
import { chunkOf, eventStream } from '../support/event-stream';
import { pause } from '../support/pause';
import { rawReply } from '../support/raw-reply';
import { scriptedServer, type Script } from '../support/scripted-server';
import { until } from '../support/until';
import type * as program from './page';

/** In the page: functions given to `evaluate` run there, and see nothing of this file. */
declare const app: typeof program;

const { bundle, open } = browserPage('spec/browser/page.ts');
const patience = 20_000; // the machine may have other work

async function simulated(
  options: SimulationOptions = {},
  how: { readonly overHttp2?: boolean; readonly isClockHeld?: boolean } = {},
) {
  const provider = await simulateProviders(options);
  return { ...(await open({ provider, ...how })), stats: provider.stats };
}

async function scripted(script: Script, how: { readonly exposed?: string; readonly isClockHeld?: boolean } = {}) {
  const provider = await scriptedServer(script);
  return { ...(await open({ provider, ...how })), server: provider };
}

const elsewhere = ({ otherOrigin }: BrowserSite): string => otherOrigin;
const saying = (content: string): string => `data: {"choices":[{"index":0,"delta":{"content":"${content}"}}]}\n\n`;
const ending = 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';
const answer = rawReply(
  '{"choices":[{"index":0,"message":{"role":"assistant","content":"a cherry"},"finish_reason":"stop"}]}',
);

describe('the program of a page', () => {
  it('bundles without a warning, and holds nothing of Node', () => {
    const { warnings, metafile } = bundle();
    expect(warnings).toEqual([]);
    expect(Object.values(metafile.outputs).flatMap(({ imports }) => imports)).toEqual([]); // none left for run time
    const inputs = Object.keys(metafile.inputs);
    expect(inputs).toContain('dist/browser/index.mjs');
    expect(inputs.filter((path) => /^dist\/(?!browser\/)|node_modules\/undici\//.test(path))).toEqual([]);
  });

  it('does without process and Buffer, and leaves none behind', async () => {
    const { page } = await simulated();
    const found = await page.evaluate(async () => {
      const [row] = await app.allOf(app.routerTo(location.origin).result$('hi'));
      return [row?.outcome._tag, ...['process', 'Buffer', 'global', 'require'].filter((name) => name in globalThis)];
    });
    expect(found).toEqual(['Right']);
  });
});

describe('a fan-out in Chromium', () => {
  it('runs in a worker too, where nothing may be evaluated', async () => {
    const { page } = await simulated();
    const said = await page.evaluate(async () => {
      const worker = new Worker('/program.js');
      const reply = new Promise<MessageEvent>((resolve) => {
        worker.onmessage = resolve;
      });
      worker.postMessage('Name a fruit');
      return (await reply).data;
    });
    expect(said).toBe('Right');
  });

  it.each([
    ['as they finish', 'completion', [1, 2, 0]],
    ['in input order', 'input', [0, 1, 2]],
    ['in one array, in input order', 'array', [0, 1, 2]],
  ])('gives rows %s', async (_, order, expected) => {
    const answerTo = new Map<string, () => void>();
    const { page } = await scripted((socket, { body }) => {
      answerTo.set(JSON.parse(body).messages[0].content, () => socket.write(answer));
    });
    await page.evaluate((how) => {
      const { parallel$, gather$, events$ } = app.routerTo(location.origin);
      const asked = ['first', 'second', 'third'];
      const noted = ({ index }: { readonly index: number }): void => void app.kept.indices.push(index);
      events$.subscribe(({ type }) => {
        if (type === 'attempt-succeeded') app.kept.answered++;
      });
      if (how === 'array') gather$(asked).subscribe((rows) => void rows.map(noted));
      else parallel$(asked, { order: how === 'input' ? how : 'completion' }).subscribe(noted);
    }, order);
    await until('all are asked', () => answerTo.size === 3, patience);
    for (const [before, prompt] of ['second', 'third', 'first'].entries()) {
      answerTo.get(prompt)?.();
      await page.waitForFunction((count) => app.kept.answered === count, before + 1);
    }
    expect(await page.evaluate(() => app.kept.indices)).toEqual(expected);
  });

  it('goes by fetch', async () => {
    const { page } = await simulated();
    await page.evaluate(async () => {
      const { completion$, stream$ } = app.routerTo(location.origin);
      await app.allOf(completion$('hi'));
      await app.allOf(stream$('hi'));
    });
    const ways = await page.waitForFunction(() => {
      const loaded = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
      const calls = loaded.filter(({ name }) => name.includes('/v1/')); // one is there when its body has ended, a little later
      return calls.length === 2 && calls.map(({ initiatorType }) => initiatorType);
    });
    expect(await ways.jsonValue()).toEqual(['fetch', 'fetch']);
  });

  it.each([
    ['whole', { stall: 1 }],
    ['streamed', { stallMidStream: 1 }],
  ])('%s: when it is left its sockets close, and nothing more is sent', async (how, faults) => {
    const { page, site, stats } = await simulated({ faults });
    await page.evaluate((isStreamed) => {
      const { parallel$, parallelStream$ } = app.routerTo(location.origin);
      const asked = Array.from({ length: 20 }, (_, i) => `Name fruit number ${String(i)}`);
      const begun = ({ type, index }: StreamedEvent<string>): void => {
        if (type === 'chunk') app.kept.begun.add(index);
      };
      app.kept.running = isStreamed
        ? parallelStream$(asked, { concurrency: 4 }).subscribe(begun)
        : parallel$(asked, { concurrency: 4 }).subscribe();
    }, how === 'streamed');
    await until('four calls are under way', () => stats().inFlight === 4, patience);
    // Left in the milliseconds in which its headers arrive, Chromium would read a reply on for five seconds (DECISIONS 74).
    if (how === 'streamed') await page.waitForFunction(() => app.kept.begun.size === 4);
    await page.evaluate(() => {
      app.kept.running?.unsubscribe();
    });
    await until('all are aborted', () => stats().inFlight === 0 && site.openSockets() === 0, patience);
    await pause(200); // for what might still be sent
    expect(stats()).toMatchObject({ requests: 4, aborted: 4 });
  });

  it('ends with its page', async () => {
    const { page, site, stats } = await simulated({ faults: { stall: 1 } });
    await page.evaluate(() => {
      app.routerTo(location.origin).parallel$(['a', 'b', 'c', 'd', 'e'], { concurrency: 3 }).subscribe();
    });
    await until('three calls are under way', () => stats().inFlight === 3, patience);
    await page.close();
    await until('all are aborted', () => stats().inFlight === 0 && site.openSockets() === 0, patience);
    expect(stats()).toMatchObject({ requests: 3, aborted: 3 });
  });

  it.each([
    ['in the browser', undefined, 8],
    ['in the router, with maxParallel: 6', 6, 6],
  ])('has six calls at a time over HTTP/1.1; those behind them wait %s', async (_, maxParallel, sent) => {
    const { page, stats } = await simulated({ faults: { stall: 1 } });
    await page.evaluate((most) => {
      const router = app.routerTo(location.origin, {}, most);
      router.parallel$(Array.from({ length: 8 }, String)).subscribe();
      app.kept.snapshot = router.snapshot;
    }, maxParallel);
    await until('six calls are under way', () => stats().inFlight === 6, patience);
    await pause(200); // for what might still be sent
    expect(stats().requests).toBe(6);
    expect(await page.evaluate(() => app.kept.snapshot?.().deployments[0]?.inFlight)).toBe(sent);
  });
});

describe('a fan-out in Chromium over HTTP/2', () => {
  it('has all calls on one connection, which outlives them when it is left', async () => {
    const { page, site, stats } = await simulated({ faults: { stall: 1 } }, { overHttp2: true });
    await page.evaluate(() => {
      const { parallel$ } = app.routerTo(location.origin);
      app.kept.running = parallel$(Array.from({ length: 50 }, String), { concurrency: 20 }).subscribe();
    });
    await until('twenty calls are under way', () => stats().inFlight === 20, patience);
    expect(site.openSockets()).toBe(1);
    await page.evaluate(() => {
      app.kept.running?.unsubscribe();
    });
    await until('all are aborted', () => stats().inFlight === 0, patience);
    await pause(200); // for what might still be sent
    expect(stats()).toMatchObject({ requests: 20, aborted: 20 });
    expect(site.openSockets()).toBe(1);
  });
});

describe('a stream in Chromium', () => {
  const listen = (page: Page, origin: string, timeouts: { chunkMs?: number; firstChunkMs?: number } = {}) =>
    page.evaluate(
      ([where, clocks]) => {
        const { stream$ } = app.routerTo(where, { timeouts: clocks, maxRetries: 0 });
        stream$('Tell me of the sea').subscribe({
          next: ({ choices: [choice] }) => {
            app.kept.heard += choice?.delta.content ?? '';
          },
          error: (error: unknown) => {
            const { _tag, phase } = error as { readonly _tag: string; readonly phase?: string };
            app.kept.ended = [_tag, phase];
          },
          complete: () => {
            app.kept.ended = 'complete';
          },
        });
      },
      [origin, timeouts] as const,
    );
  const ended = async (page: Page): Promise<unknown> => {
    await page.waitForFunction(() => app.kept.ended !== undefined);
    return page.evaluate(() => [app.kept.heard, app.kept.ended]);
  };

  it.each([
    ['its own', ({ url }: BrowserSite) => url],
    ['another', elsewhere],
  ])('from %s origin is heard token by token, each before the next one is sent', async (_, originOf) => {
    let send: ((piece: string | Buffer) => void) | undefined;
    const { page, site } = await scripted((socket) => {
      socket.write(eventStream([], { isWhole: false }));
      send = (piece) => socket.write(chunkOf(piece));
    });
    await listen(page, originOf(site));
    await until('it is asked for', () => send !== undefined, patience);
    const character = Buffer.from(saying('ü'));
    const inside = character.indexOf('ü') + 1;
    for (const [piece, heard] of [
      [saying('a '), 'a '],
      [saying('red '), 'a red '],
      [character.subarray(0, inside), 'a red '],
      [character.subarray(inside), 'a red ü'],
    ] as const) {
      send?.(piece);
      await page.waitForFunction((words) => app.kept.heard === words, heard);
    }
    expect(await page.evaluate(() => app.kept.ended)).toBeUndefined();
    send?.(ending);
    send?.('');
    expect(await ended(page)).toEqual(['a red ü', 'complete']);
  });

  it.each([
    ['falls silent', 'chunkMs', { stallMidStream: 1 }, [expect.stringMatching(/./), ['Timeout', 'chunk']]],
    ['never begins', 'firstChunkMs', { stall: 1 }, ['', ['Timeout', 'firstChunk']]],
  ])('that %s is ended by %s, and its socket closed', async (_, clock, faults, expected) => {
    const { page, site, stats } = await simulated({ faults }, { isClockHeld: true });
    await listen(page, site.url, { [clock]: 1000 });
    await until('it is asked', () => stats().requests === 1, patience);
    if (clock === 'chunkMs') await page.waitForFunction(() => app.kept.heard !== '');
    await page.clock.runFor(1000);
    expect(await ended(page)).toEqual(expected);
    await until('the call is aborted', () => stats().aborted === 1 && site.openSockets() === 0, patience);
    expect(stats()).toMatchObject({ requests: 1, inFlight: 0 });
  });

  it('waits for a slow reader, and no clock runs meanwhile', async () => {
    const many = eventStream(Array<string>(3000).fill(saying('a'.repeat(1000))), { isWhole: false });
    const { page, site } = await scripted((socket) => socket.write(many), { isClockHeld: true });
    await page.evaluate(async () => {
      // Read on, it would be over its cap; with its clock running, it would seem to be silent.
      const rules = { caps: { bodyBytes: 1_000_000 }, timeouts: { chunkMs: 100 }, maxRetries: 0 };
      const { stream$, snapshot } = app.routerTo(location.origin, rules);
      app.kept.snapshot = snapshot;
      app.kept.chunks = app.toAsyncIterable(stream$('hi'))[Symbol.asyncIterator]();
      await app.kept.chunks.next();
    });
    await pause(500); // for what it might still read
    await page.clock.runFor(500);
    expect(await page.evaluate(() => app.kept.snapshot?.().deployments[0]?.inFlight)).toBe(1);
    await page.evaluate(() => app.kept.chunks?.return?.());
    await until('the call is aborted', () => site.openSockets() === 0, patience);
  });
});

describe('failures in Chromium', () => {
  const failure = (page: Page, how: string) =>
    page.evaluate(async (stream) => {
      const { result$ } = app.routerTo(location.origin, { maxRetries: 0, caps: { bodyBytes: 4000 } });
      const [row] = await app.allOf(result$(app.asking('hi', stream)));
      return row?.outcome._tag === 'Left' && [row.outcome.left._tag, row.outcome.left.message];
    }, how === 'streamed');

  it('asks again after a 500', async () => {
    const { page } = await scripted((socket, { index }) =>
      socket.write(index === 0 ? rawReply('{}', { status: 500 }) : answer),
    );
    const said = await page.evaluate(async () => {
      const [row] = await app.allOf(app.routerTo(location.origin).result$('hi'));
      return [row?.outcome._tag, ...(row?.attempts ?? []).map(({ ended, error }) => [ended, error?._tag])];
    });
    expect(said).toEqual(['Right', ['failed', 'ServerError'], ['ok', undefined]]);
  });

  it.each([
    ['of its own origin as long as it says', ({ url }: BrowserSite) => url, '', 734],
    ['of another origin, which exposes retry-after, as long as it says', elsewhere, 'retry-after', 734],
    ['of another origin, which does not, as long as without one', elsewhere, '', 500],
  ])('waits after a 429 %s', async (_, originOf, exposed, waitMs) => {
    const refusal = rawReply('{}', { status: 429, headers: { 'retry-after': '0.734' } });
    const { page, site, server } = await scripted((socket, { index }) => socket.write(index === 0 ? refusal : answer), {
      exposed,
      isClockHeld: true,
    });
    await page.evaluate((origin) => {
      const { completion$, events$ } = app.routerTo(origin, { random: () => 0 });
      events$.subscribe((event) => {
        if (event.type === 'throttled') app.kept.waits.push(Math.round(event.waitMs));
      });
      completion$('hi').subscribe((completion) => (app.kept.heard = app.text(completion)));
    }, originOf(site));
    await page.waitForFunction(() => app.kept.waits.length > 0);
    await page.clock.runFor(waitMs - 1);
    expect(server.requests).toHaveLength(1);
    await page.clock.runFor(1);
    await page.waitForFunction(() => app.kept.heard === 'a cherry');
    expect(await page.evaluate(() => app.kept.waits)).toEqual([waitMs]);
  });

  it.each(['whole', 'streamed'])('%s: follows no redirect', async (how) => {
    const { page, server } = await scripted((socket) =>
      socket.write(rawReply('', { status: 307, headers: { location: '/v1/else' } })),
    );
    expect(await failure(page, how)).toEqual(['InvalidResponse', expect.stringContaining('is a redirect')]);
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['whole', rawReply(' '.repeat(5000))],
    ['streamed', eventStream([saying('a'.repeat(3000)), saying('a'.repeat(3000))])],
  ])('%s: takes no more than caps.bodyBytes', async (how, reply) => {
    const { page } = await scripted((socket) => socket.write(reply));
    expect(await failure(page, how)).toEqual([
      'InvalidResponse',
      expect.stringContaining('larger than caps.bodyBytes'),
    ]);
  });

  it.each(['whole', 'streamed'])('%s: names what broke off', async (how) => {
    const { page } = await simulated({ faults: { cut: 1 } });
    expect(await failure(page, how)).toEqual(['Connection', expect.any(String)]);
  });
});

describe('an axios of one’s own in Chromium', () => {
  it('keeps its interceptors, and its calls are ended too', async () => {
    const { page, server } = await scripted((socket, { index }) => index === 0 && socket.write(answer));
    const said = await page.evaluate(async () => {
      const own = app.axios.create();
      own.interceptors.request.use((config) => {
        config.headers.set('x-team', 'blue');
        return config;
      });
      const { completion$ } = app.routerTo(location.origin, { transport: own });
      const first = await app.allOf(completion$('hi'));
      app.kept.running = completion$('hi').subscribe();
      return first.map(app.text);
    });
    expect(said).toEqual(['a cherry']);
    expect(server.requests[0]?.head).toMatch(/^x-team: blue$/m);
    await until('another call is under way', () => server.requests.length === 2, patience);
    await page.evaluate(() => {
      app.kept.running?.unsubscribe();
    });
    await until('it is aborted', () => server.openSockets() === 0, patience);
  });
});
