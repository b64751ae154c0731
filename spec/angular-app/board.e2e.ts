import type { Page } from 'playwright-core';
import { simulateProviders } from '../../lib/testing/index';
import { closing } from '../support/closing';
import { pause } from '../support/pause';
import { openBoard, type Board } from './board';
import { askedProvider } from './asked-provider';
import { ended } from './ended';
import { watchTasks } from './watch-tasks';
import { watchTexts } from './watch-texts';
import { prompts } from './prompts';
import { shownIndexes } from './shown-indexes';
import { until } from './until';

describe('the board', () => {
  jest.setTimeout(180_000);
  const opened = closing();
  let board: Board;
  let page: Page;

  beforeAll(async () => {
    board = await openBoard();
  });
  afterAll(() => board.close());
  beforeEach(async () => {
    page = await board.visit({ isPaced: true });
  });
  afterEach(() => page.context().close());

  const press = (name: 'Run' | 'Re-run' | 'Cancel') => page.getByRole('button', { name, exact: true }).click();
  const paste = (count: number) => page.getByLabel('Prompts, one a line').fill(prompts(count));
  const atOnce = (concurrency: number) => page.getByLabel('Concurrency').fill(String(concurrency));
  const whole = () => page.getByLabel('Stream tokens').uncheck();
  const askAt = async (baseURL: string) => {
    await page.getByLabel('A real base URL').check();
    await page.getByLabel('Base URL, up to').fill(baseURL);
    await page.getByLabel('Model').fill('scripted');
  };
  /** Fails when it does not come to that. */
  const shows = (place: string, text: RegExp) => page.locator(place).filter({ hasText: text }).waitFor();
  /** One call, answered when it has taken so long. */
  const runOfHalfASecond = async () => {
    const { baseURL, asked } = opened(await askedProvider());
    await askAt(baseURL);
    await paste(1);
    await whole();
    await press('Run');
    const call = (await asked(1))[0]!;
    await page.clock.runFor(500);
    call.answer('Apples');
    expect(await ended(page)).toBe('Finished');
  };
  const inWords = async () => (await page.locator('canvas').getAttribute('aria-label')) ?? '';

  describe('without faults', () => {
    it('runs the samples it comes with, each answered by one call', async () => {
      await press('Run');
      expect(await ended(page)).toBe('Finished');
      expect(await page.getByTestId('done').innerText()).toBe('40 of 40');
      expect(await page.locator('board-answer-card[data-state=answered]').count()).toBe(40);
      expect(await inWords()).toBe('40 calls in 12 lanes: 40 answered, 0 failed, 0 throttled, 0 aborted; 0 cooldowns.');
      expect(await board.seen()).toMatchObject({ requests: 40, inFlight: 0, aborted: 0 });
    });

    it('writes streamed answers into their cards as they come', async () => {
      const { baseURL, asked } = opened(await askedProvider());
      await askAt(baseURL);
      await paste(1);
      await press('Run');
      const stream = (await asked(1))[0]!;
      for (const [piece, shown] of [
        ['Apples', /^Apples$/],
        [' are', /^Apples are$/],
        [' red.', /^Apples are red.$/],
      ] as const) {
        stream.send(piece);
        await shows('board-answer-card[data-state=streaming] .text', shown);
      }
      stream.end();
      await shows('board-answer-card', /answered/);
      expect(await page.locator('board-answer-card .text').textContent()).toBe('Apples are red.');
    });

    it('shows whole answers as they finish', async () => {
      const { baseURL, asked } = opened(await askedProvider());
      await askAt(baseURL);
      await paste(3);
      await whole();
      await press('Run');
      const calls = await asked(3);
      for (const indexes of [[1], [1, 2], [1, 2, 0]]) {
        calls[indexes.at(-1)!]!.answer('Apples');
        await until(async () => (await shownIndexes(page)).join() === indexes.join());
      }
      expect(await ended(page)).toBe('Finished');
    });

    it('shows them in the order of the input, the first before the last is there', async () => {
      const { baseURL, asked } = opened(await askedProvider());
      await askAt(baseURL);
      await paste(3);
      await whole();
      await page.getByLabel('as in the input').check();
      const looks = await watchTexts(page, 'board-answer-card .index');
      await press('Run');
      const calls = await asked(3);
      calls[1]!.answer('Pears');
      await shows('[data-testid=done]', /^1 of 3$/);
      calls[0]!.answer('Apples');
      await until(async () => (await shownIndexes(page)).join() === '0,1');
      calls[2]!.answer('Plums');
      expect(await ended(page)).toBe('Finished');
      const seen = await looks();
      for (const indexes of seen) expect(indexes).toEqual(indexes.map((_, place) => String(place)));
      expect(seen.at(-1)).toHaveLength(3);
    });

    it('closes its connections when it is cancelled, and sends nothing more', async () => {
      const provider = opened(await simulateProviders({ faults: { stallMidStream: 1 } }));
      await askAt(`${provider.url}/v1`);
      await paste(100);
      await atOnce(6); // as many as Chromium sends
      await press('Run');
      // Left in the milliseconds in which its headers arrive, Chromium would read a reply on for five seconds (DECISIONS 74).
      await until(async () => (await page.locator('.text').filter({ hasText: /\S/ }).count()) === 6);
      await press('Cancel');
      expect(await ended(page)).toBe('Cancelled');
      await until(() => provider.stats().inFlight === 0);
      await pause(1000); // for what might still be sent
      expect(provider.stats()).toMatchObject({ requests: 6, aborted: 6, openSockets: 0 });
      expect(await page.locator('board-answer-card[data-state=streaming]').count()).toBe(0);
      expect(await page.locator('board-answer-card[data-state=cancelled]').count()).toBe(6);
      expect(await page.getByTestId('in-flight').innerText()).toBe('0');
    });

    it('says what its servers have seen of a run that is cancelled', async () => {
      await paste(500);
      await press('Run');
      await until(async () => (await board.seen()).inFlight >= 10);
      await press('Cancel');
      expect(await ended(page)).toBe('Cancelled');
      await until(async () => (await board.seen()).inFlight === 0);
      const { requests, aborted } = await board.seen();
      await shows(
        '[data-testid=servers]',
        new RegExp(`: ${String(requests)} requests, 0 open now, ${String(aborted)} closed by this page`),
      );
    });

    it('replaces a run by the next one: of the old one nothing more is sent or shown', async () => {
      await paste(500);
      await press('Run');
      await until(async () => (await shownIndexes(page)).length > 14);
      await paste(20);
      await press('Re-run');
      await press('Re-run'); // before the providers were started anew for the first one
      expect(await ended(page)).toBe('Finished');
      expect(await page.getByTestId('done').innerText()).toBe('20 of 20');
      expect([...(await shownIndexes(page))].sort((a, b) => a - b)).toEqual(
        Array.from({ length: 20 }, (_, index) => index),
      );
      const { requests, aborted } = await board.seen(); // since they were started anew
      expect(requests - aborted).toBe(20);
    });

    it('asks a real base URL, and says what is wrong with one that is none', async () => {
      const silent = opened(await simulateProviders({ faults: { stall: 1 } }));
      const speaking = opened(await simulateProviders());
      await page.getByLabel('A real base URL').check();
      await shows('.warning', /Keys do not belong in a browser/);
      await press('Run');
      await shows('[role=alert]', /^Not run:/);
      await shows('#base-url-problem', /https:/);
      await shows('#model-problem', /model/);
      await askAt(`${silent.url}/v1`);
      await atOnce(6); // as many as Chromium sends
      await press('Run');
      await until(() => silent.stats().inFlight === 6);
      await paste(3);
      await askAt(`${speaking.url}/v1`);
      await press('Re-run');
      expect(await ended(page)).toBe('Finished');
      await until(() => silent.stats().inFlight === 0); // nobody is started anew here: it is the page that closed them
      expect(silent.stats()).toMatchObject({ requests: 6, aborted: 6 });
      expect(speaking.stats()).toMatchObject({ requests: 3, aborted: 0 });
      expect(await page.getByTestId('done').innerText()).toBe('3 of 3');
      expect(await page.getByTestId('servers').count()).toBe(0); // they are not asked about a run of somebody else's
    });

    it('says so when the server of the page has gone', async () => {
      await page.route('**/simulation', (route) => route.abort());
      await press('Run');
      await shows('board-run-progress [role=alert]', /^The server of this page does not answer/);
      expect(await ended(page)).toBe('Not run');
    });

    it('has its deployments before the first run', async () => {
      expect(await page.locator('board-deployment-table tbody tr').count()).toBe(4);
      await shows('.legend', /north.*east.*south.*west/s);
    });

    it('runs nothing without a prompt, and says so', async () => {
      await page.getByLabel('Prompts, one a line').fill('');
      await press('Run');
      await shows('[role=alert]', /^Not run:/);
      await shows('.prompts .problem', /^There is no prompt/);
      expect(await page.getByTestId('state').innerText()).toBe('Not run yet');
    });

    it('says whose a bar is', async () => {
      await runOfHalfASecond();
      await page.locator('canvas').hover({ position: { x: 100, y: 20 } });
      await shows('.pointed', /^Request/);
      expect(await page.locator('.pointed').innerText()).toMatch(
        /^Request 0, call 1, to scripted: answered after \d+ ms$/,
      );
    });

    it('says it to the keyboard, too', async () => {
      await paste(2);
      await atOnce(1);
      await press('Run');
      await ended(page);
      await page.locator('canvas').focus();
      for (const [key, index] of [
        ['ArrowRight', '0'],
        ['ArrowRight', '1'],
        ['Home', '0'],
        ['End', '1'],
        ['ArrowLeft', '0'],
      ] as const) {
        await page.keyboard.press(key);
        const said = `Request ${index}, call 1`;
        await shows('.pointed', new RegExp(`^${said}`));
        expect(await page.locator('.pointed').innerText()).toContain(said);
      }
    });

    it('goes on saying it when a finger has pointed', async () => {
      await page.context().close();
      page = await board.visit({ isPaced: true, hasTouch: true, viewport: { width: 360, height: 800 } });
      await runOfHalfASecond();
      await page.locator('canvas').tap({ position: { x: 25, y: 20 } });
      await shows('.pointed', /^Request/); // it is drawn a moment later
      expect(await page.locator('.pointed').innerText()).toMatch(/^Request 0, call 1/);
    });

    it('can be run and cancelled from the keyboard', async () => {
      const focused = () => page.evaluate(() => document.activeElement?.textContent.trim() ?? '');
      const tabTo = (name: string) =>
        until(async () => {
          await page.keyboard.press('Tab');
          return (await focused()) === name;
        });
      await page.route('**/simulation', () => undefined); // no answer: the run does not end by itself
      await tabTo('Run');
      await page.keyboard.press('Enter');
      await page.getByTestId('state').filter({ hasText: 'Running' }).waitFor();
      await tabTo('Cancel');
      await page.keyboard.press('Space');
      expect(await ended(page)).toBe('Cancelled');
    });

    it('does not freeze with 500 prompts: its longest task is under 200 ms', async () => {
      await page.context().close();
      page = await board.visit(); // where time goes by as it does
      await page.getByRole('button', { name: '500 samples' }).click();
      await atOnce(24);
      const longest = await watchTasks(page);
      await press('Run');
      expect(await ended(page)).toBe('Finished');
      expect(await page.getByTestId('done').innerText()).toBe('500 of 500');
      const { cpuMs, wallMs } = await longest();
      console.log(
        `the longest task of 500 prompts: ${cpuMs.toFixed(0)} ms of a processor, ${wallMs.toFixed(0)} ms by the clock`,
      );
      expect(cpuMs).toBeLessThan(200);
    });
  });

  describe('with faults', () => {
    /** What the page counts of them, in the words of its timeline. */
    const counted = async (what: string) => Number(new RegExp(`(\\d+) ${what}`).exec(await inWords())?.[1]);
    beforeEach(() => atOnce(24)); // all there is room for: each deployment has six at once

    it('retries what fails and waits where it is told to, and answers everything', async () => {
      for (const label of ['Server errors', 'A tight rate limit', 'Connection resets'])
        await page.getByLabel(label).check();
      await press('Run');
      expect(await ended(page)).toBe('Finished');
      expect(await page.getByTestId('done').innerText()).toBe('40 of 40');
      expect(Number(await page.getByTestId('retries').innerText())).toBeGreaterThan(0);
      expect(await counted('failed')).toBeGreaterThan(0);
      expect(await counted('throttled')).toBeGreaterThan(0);
      expect(await page.locator('board-answer-card[data-state=answered]').count()).toBe(40);
    });

    it('gives up a silent call', async () => {
      await page.getByLabel('Stalls at east').check();
      await press('Run');
      expect(await ended(page)).toBe('Finished');
      expect(await counted('failed')).toBeGreaterThan(0);
    });

    it('leaves providers alone when all fail, and says why requests failed', async () => {
      await page.getByLabel('Outage').check();
      await press('Run');
      expect(await ended(page)).toBe('Finished');
      expect(await counted('cooldowns')).toBeGreaterThan(3);
      expect(await page.locator('board-failure-list li').first().innerText()).toMatch(
        /^\d+ × (ServerError|NoDeployment): /,
      );
    });
  });

  it.each([360, 1440])('has no more than its %d px on the widest', async (width) => {
    await page.setViewportSize({ width, height: 800 });
    const pageWidth = () => page.evaluate(() => document.documentElement.scrollWidth);
    await page.getByLabel('A real base URL').check();
    expect(await pageWidth()).toBe(width);
    await page.getByLabel('Simulated providers').check();
    await paste(500);
    await press('Run');
    await until(async () => (await shownIndexes(page)).length > 14);
    expect(await pageWidth()).toBe(width);
    await page.getByLabel('Outage').check();
    await paste(40);
    await press('Re-run');
    expect(await ended(page)).toBe('Finished');
    expect(await pageWidth()).toBe(width);
  });

  it('has complained of nothing in all that', () => {
    expect(board.complaints).toEqual([]);
  });
});
