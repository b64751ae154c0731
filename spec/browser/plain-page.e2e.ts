import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { simulateProviders } from '../../lib/testing/index';
import { browserPage } from '../support/browser-page';

const folder = mkdtempSync(join(__dirname, '..', '.docs-plain-page-')); // inside the package, so that the snippet can import it by its name
const recipes = readFileSync(join(__dirname, '..', '..', 'docs', 'angular.md'), 'utf8');
const [, code = ''] = /```js\n(\/\/ app\.js.*?)```/s.exec(recipes) ?? [];
writeFileSync(join(folder, 'app.js'), code);

describe('the recipe of a plain page', () => {
  const { open } = browserPage(join(folder, 'app.js'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('shows the answers, under a strict policy', async () => {
    const { page } = await open({ provider: await simulateProviders() });
    await page.waitForFunction(() => document.querySelectorAll('p').length === 2);
    expect(await page.locator('p').allTextContents()).toEqual([
      expect.stringMatching(/red/i),
      expect.stringMatching(/blue/i),
    ]);
  });
});
