import type { Page } from 'playwright-core';

/** From now on: what was to be read in the places a selector names, each time that the page changed. A look from outside may come too late. */
export async function watchTexts(page: Page, selector: string): Promise<() => Promise<readonly (readonly string[])[]>> {
  const looks = await page.evaluateHandle((places) => {
    const seen: string[][] = [];
    new MutationObserver(() => {
      seen.push(Array.from(document.querySelectorAll(places), ({ textContent }) => textContent));
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
    return seen;
  }, selector);
  return () => looks.jsonValue();
}
