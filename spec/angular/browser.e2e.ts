import type { Page } from 'playwright-core';
import { simulateProviders } from '../../lib/testing/index';
import { browserPage } from '../support/browser-page';
import { chunkOf, eventStream } from '../support/event-stream';
import { rawReply } from '../support/raw-reply';
import { scriptedServer, type Script } from '../support/scripted-server';
import { until } from '../support/until';
import type * as program from './page';

/** In the page: functions given to `evaluate` run there, and see nothing of this file. */
declare const app: typeof program;

const { bundle, open } = browserPage('spec/angular/page.ts');
const patience = 20_000; // the machine may have other work

const answer = rawReply(
  '{"choices":[{"index":0,"message":{"role":"assistant","content":"a cherry"},"finish_reason":"stop"}]}',
);
const saying = (content: string): string => `data: {"choices":[{"index":0,"delta":{"content":"${content}"}}]}\n\n`;

async function scripted(script: Script) {
  const provider = await scriptedServer(script);
  return { ...(await open({ provider, mayCompile: true })), server: provider };
}

it('an Angular application bundles it without a warning, and with nothing of Node', () => {
  const { warnings, metafile } = bundle();
  expect(warnings).toEqual([]);
  const inputs = Object.keys(metafile.inputs);
  expect(inputs).toContain('dist/browser/angular/index.mjs');
  expect(inputs.filter((path) => /^dist\/(?!browser\/)|node_modules\/undici\//.test(path))).toEqual([]);
});

// Each spec fails too when the browser shows a warning, as Angular has it for options that XMLHttpRequest does not know.
describe.each(['fetch', 'XMLHttpRequest'] as const)('httpClientTransport in Chromium over %s', (road) => {
  const failure = (page: Page) =>
    page.evaluate(async (over) => {
      const [row] = await app.allOf((await app.routerOver(over)).result$('hi'));
      return row?.outcome._tag === 'Left' && [row.outcome.left._tag, row.outcome.left.message];
    }, road);

  it('answers through the interceptors', async () => {
    const { page, server } = await scripted((socket) => socket.write(answer));
    const said = await page.evaluate(async (over) => {
      const rows = await app.allOf((await app.routerOver(over)).completion$('hi'));
      return rows.map(app.text);
    }, road);
    expect(said).toEqual(['a cherry']);
    expect(server.requests[0]?.head).toMatch(/^x-trace: t1$/m);
  });

  it('goes by what it is called', async () => {
    const { page } = await scripted((socket) => socket.write(answer));
    await page.evaluate(async (over) => {
      await app.allOf((await app.routerOver(over)).completion$('hi'));
    }, road);
    const way = await page.waitForFunction(() => {
      const loaded = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
      return loaded.find(({ name }) => name.includes('/v1/'))?.initiatorType; // there when its body has ended, a little later
    });
    expect(await way.jsonValue()).toBe(road === 'fetch' ? 'fetch' : 'xmlhttprequest');
  });

  it('knows a failure by its status and its body', async () => {
    const refused = rawReply('{"error":{"message":"no such model here","code":"model_not_found"}}', { status: 404 });
    const { page } = await scripted((socket) => socket.write(refused));
    expect(await failure(page)).toEqual(['NotFound', expect.stringContaining('no such model here')]);
  });

  it.each([
    ['a reset', { reset: 1 }],
    ['a body that is cut', { cut: 1 }],
  ])('has a Connection failure for %s', async (_, faults) => {
    const provider = await simulateProviders({ faults });
    const { page } = await open({ provider, mayCompile: true });
    expect(await failure(page)).toEqual(['Connection', expect.stringContaining('ERR_NETWORK')]);
  });

  it('takes no more than caps.bodyBytes', async () => {
    const { page, site } = await scripted((socket) => {
      socket.write(
        `HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 1000000000\r\n\r\n${' '.repeat(5000)}`,
      );
    });
    expect(await failure(page)).toEqual([
      'InvalidResponse',
      expect.stringContaining('larger than caps.bodyBytes, 4000'),
    ]);
    await until('its socket is closed', () => site.openSockets() === 0, patience);
  });

  it.each(['waiting for the reply', 'inside its body'])('aborts the request that is left while %s', async (moment) => {
    const { page, server, site } = await scripted((socket) => {
      if (moment === 'inside its body') socket.write(rawReply('{"choices":', { headers: { 'content-length': '100' } }));
    });
    await page.evaluate(async (over) => {
      app.kept.running = (await app.routerOver(over)).result$('hi').subscribe();
    }, road);
    await until('it is asked', () => server.requests.length === 1, patience);
    // Left in the milliseconds in which its headers arrive, Chromium would read a reply on for five seconds (DECISIONS 74).
    if (moment === 'inside its body') await page.waitForFunction(() => app.kept.isBegun);
    await page.evaluate(() => {
      app.kept.running?.unsubscribe();
    });
    await until('its socket is closed', () => site.openSockets() === 0, patience);
    expect(server.requests).toHaveLength(1);
  });

  it('hears a stream token by token, past the interceptors, and ends it when it is left', async () => {
    let send: ((piece: string) => void) | undefined;
    const { page, server, site } = await scripted((socket) => {
      socket.write(eventStream([], { isWhole: false }));
      send = (piece) => socket.write(chunkOf(piece));
    });
    await page.evaluate(async (over) => {
      app.kept.running = (await app.routerOver(over)).stream$('hi').subscribe(({ choices: [choice] }) => {
        app.kept.heard += choice?.delta.content ?? '';
      });
    }, road);
    await until('it is asked for', () => send !== undefined, patience);
    for (const [piece, heard] of [
      ['a ', 'a '],
      ['cherry', 'a cherry'],
    ] as const) {
      send?.(saying(piece));
      await page.waitForFunction((words) => app.kept.heard === words, heard);
    }
    expect(server.requests[0]?.head).not.toContain('x-trace');
    await page.evaluate(() => {
      app.kept.running?.unsubscribe();
    });
    await until('its socket is closed', () => site.openSockets() === 0, patience);
  });

  it('follows no redirect, if it can refuse one', async () => {
    const { page, server } = await scripted((socket, { index }) =>
      socket.write(index === 0 ? rawReply('', { status: 307, headers: { location: '/v1/else' } }) : answer),
    );
    const said = await failure(page);
    const refused = ['InvalidResponse', expect.stringContaining('is a redirect')];
    expect([said, server.requests.length]).toEqual(road === 'fetch' ? [refused, 1] : [false, 2]);
  });
});
