import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { openBoard, type Board } from './board';
import { until } from './until';

/** `SCREENSHOTS=1` writes those of the README. */
const isWriting = process.env['SCREENSHOTS'] === '1';

const looks = [
  { name: 'light', colorScheme: 'light', viewport: { width: 1440, height: 1270 } },
  { name: 'dark', colorScheme: 'dark', viewport: { width: 1440, height: 1270 } },
  { name: 'narrow', colorScheme: 'light', viewport: { width: 360, height: 1600 } },
] as const;

describe.each(looks)('the board, $name', ({ name, colorScheme, viewport }) => {
  let board: Board;
  let page: Page;

  beforeAll(async () => {
    board = await openBoard();
    page = await board.visit({ colorScheme, viewport });
    for (const label of ['Server errors', 'A tight rate limit', 'Connection resets'])
      await page.getByLabel(label).check();
    if (!isWriting) await page.getByLabel('Concurrency').fill('24'); // all there is room for: no deployment is without a call
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await until(async () => Number.parseInt(await page.getByTestId('done').innerText(), 10) >= 24);
    if (isWriting) {
      await mkdir('docs/images', { recursive: true });
      await writeFile(`docs/images/board-${name}.png`, await page.screenshot());
    }
  });
  afterAll(() => board.close());

  it('draws the calls of every deployment in its colour, while they are made', async () => {
    const missing = await page.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
      const legendPx = 8; // at the left edge
      const { data } = canvas.getContext('2d')!.getImageData(legendPx, 0, canvas.width - legendPx, canvas.height);
      const drawn = new Set<string>();
      for (let at = 0; at < data.length; at += 4) {
        drawn.add(`#${[...data.slice(at, at + 3)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`);
      }
      const style = getComputedStyle(canvas);
      return [0, 1, 2, 3].filter((place) => !drawn.has(style.getPropertyValue(`--deployment-${String(place)}`).trim()));
    });
    expect(missing).toEqual([]);
  });

  it('has nothing that a check of accessibility finds: names, contrast, structure', async () => {
    const axe = createRequire(__filename).resolve('axe-core/axe.min.js');
    await page.evaluate(await readFile(axe, 'utf8'));
    const { violations } = await page.evaluate(async () => (await eval('axe.run()')) as AxeResults);
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  });
});
