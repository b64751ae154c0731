import type { Page } from 'playwright-core';

/** The places in the input of the answers on the page, from top to bottom. */
export async function shownIndexes(page: Page): Promise<readonly number[]> {
  const shown = await page.locator('board-answer-card .index').allTextContents();
  return shown.map(Number);
}
