import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { openBoard, type Board } from './board';
import { ended } from './ended';
import { watchTasks } from './watch-tasks';
import { watchTexts } from './watch-texts';
import { prompts } from './prompts';
import { shownIndexes } from './shown-indexes';
import { until } from './until';

describe('the board', () => {
  jest.setTimeout(180_000);
  jest.retryTimes(2, { logErrorsBeforeRetry: true }); // Chromium may keep the connection of a call that is aborted as its headers arrive (DECISIONS 74)
  let board: Board;
  let page: Page;

  beforeAll(async () => {
    board = await openBoard();
  });
  afterAll(() => board.close());
  beforeEach(async () => {
    page = await board.visit();
  });
  afterEach(() => page.context().close());

  const press = (name: 'Run' | 'Re-run' | 'Cancel') => page.getByRole('button', { name, exact: true }).click();
  const paste = (count: number) => page.getByLabel('Prompts, one a line').fill(prompts(count));
  const atOnce = (concurrency: number) => page.getByLabel('Concurrency').fill(String(concurrency));
  /** Fails when it has not come to that within a minute. */
  const shows = (place: string, text: RegExp) => page.locator(place).filter({ hasText: text }).waitFor();
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
      await paste(4);
      const card = page.locator('board-answer-card').first();
      const looks = await watchTexts(page, 'board-answer-card .text');
      await press('Run');
      await until(async () => (await card.getAttribute('data-state')) === 'answered');
      const texts = [...new Set((await looks()).map(([first = '']) => first))].filter((text) => text !== '');
      expect(texts.length).toBeGreaterThan(3);
      const whole = (await card.locator('.text').textContent()) ?? '';
      expect(texts.filter((text) => !whole.startsWith(text))).toEqual([]);
    });

    it('shows whole answers as they finish', async () => {
      await paste(30);
      await page.getByLabel('Stream tokens').uncheck();
      await press('Run');
      expect(await ended(page)).toBe('Finished');
      const indexes = await shownIndexes(page);
      expect([...indexes].sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, index) => index));
      expect(indexes).not.toEqual([...indexes].sort((a, b) => a - b));
    });

    it('shows them in the order of the input, the first long before the last', async () => {
      await paste(30);
      await atOnce(4);
      await page.getByLabel('Stream tokens').uncheck();
      await page.getByLabel('as in the input').check();
      const looks = await watchTexts(page, 'board-answer-card .index');
      await press('Run');
      expect(await ended(page)).toBe('Finished');
      const seen = await looks();
      for (const indexes of seen) expect(indexes).toEqual(indexes.map((_, place) => String(place)));
      expect(seen.at(-1)).toHaveLength(30);
      expect(new Set(seen.map(({ length }) => length)).size).toBeGreaterThan(4);
    });

    it('closes its connections when it is cancelled, and sends nothing more', async () => {
      await paste(100);
      await press('Run');
      await until(async () => (await board.seen()).inFlight >= 10);
      await press('Cancel');
      expect(await ended(page)).toBe('Cancelled');
      await until(async () => (await board.seen()).inFlight === 0);
      const seen = await board.seen();
      expect(seen.aborted).toBeGreaterThanOrEqual(6); // Chromium keeps one whose headers arrive in the very moment
      await wait(1000);
      expect(await board.seen()).toEqual(seen);
      expect(await page.locator('board-answer-card[data-state=streaming]').count()).toBe(0);
      expect(await page.locator('board-answer-card[data-state=cancelled]').count()).toBeGreaterThanOrEqual(8);
      const closed = `0 open now, ${String(seen.aborted)} closed by this page`;
      await page.getByTestId('servers').filter({ hasText: closed }).waitFor();
      expect(await page.getByTestId('in-flight').innerText()).toBe('0');
    });

    it('replaces a run by the next one: of the old one nothing more is sent or shown', async () => {
      await paste(60);
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
      const { deployments } = (await (await fetch(`${board.url}simulation`)).json()) as {
        deployments: readonly { readonly baseURL: string }[];
      };
      await page.getByLabel('A real base URL').check();
      await shows('.warning', /Keys do not belong in a browser/);
      await press('Run');
      await shows('[role=alert]', /^Not run:/);
      await shows('#base-url-problem', /https:/);
      await shows('#model-problem', /model/);
      await page.getByLabel('Base URL, up to').fill(deployments[0]?.baseURL ?? '');
      await page.getByLabel('Model').fill('simulated');
      await paste(30);
      const before = await board.seen();
      await press('Run');
      await until(async () => (await board.seen()).inFlight >= 4);
      await paste(3);
      await press('Re-run'); // nobody is started anew here: it is the page that closes the connections of the first run
      expect(await ended(page)).toBe('Finished');
      expect((await board.seen()).aborted).toBeGreaterThanOrEqual(before.aborted + 4);
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
      await paste(1);
      await press('Run');
      await ended(page);
      await page.locator('canvas').hover({ position: { x: 100, y: 50 } });
      await shows('.pointed', /^Request/);
      expect(await page.locator('.pointed').innerText()).toMatch(
        /^Request 0, call 1, to (north|east|south|west): answered after \d+ ms$/,
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
      const phone = await board.visit({ hasTouch: true, viewport: { width: 360, height: 800 } });
      await phone.getByLabel('Prompts, one a line').fill('a plum');
      await phone.getByRole('button', { name: 'Run', exact: true }).tap();
      await ended(phone);
      await phone.locator('canvas').tap({ position: { x: 25, y: 50 } });
      const said = phone.locator('.pointed');
      await said.filter({ hasText: /^Request/ }).waitFor(); // it is drawn a moment later
      expect(await said.innerText()).toMatch(/^Request 0, call 1/);
      await phone.context().close();
    });

    it('can be run and cancelled from the keyboard', async () => {
      const focused = () => page.evaluate(() => document.activeElement?.textContent.trim() ?? '');
      const tabTo = (name: string) =>
        until(async () => {
          await page.keyboard.press('Tab');
          return (await focused()) === name;
        });
      await tabTo('Run');
      await page.keyboard.press('Enter');
      await page.getByTestId('state').filter({ hasText: 'Running' }).waitFor();
      await tabTo('Cancel');
      await page.keyboard.press('Space');
      expect(await ended(page)).toBe('Cancelled');
    });

    it('does not freeze with 500 prompts: its longest task is under 200 ms', async () => {
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
    await press('Run');
    await until(async () => (await shownIndexes(page)).length > 14);
    expect(await pageWidth()).toBe(width);
    await page.getByLabel('Outage').check();
    await press('Re-run');
    await ended(page);
    expect(await pageWidth()).toBe(width);
  });

  it('has complained of nothing in all that', () => {
    expect(board.complaints).toEqual([]);
  });
});
