import type { Page } from 'playwright-core';

/** Resolves when the run on the page is over, with how it ended: `Finished`, `Cancelled`. */
export async function ended(page: Page): Promise<string> {
  const state = page.getByTestId('state');
  await state.filter({ hasText: /Finished|Cancelled|Not run$/ }).waitFor();
  return state.innerText();
}
