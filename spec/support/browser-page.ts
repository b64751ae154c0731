import { chromium, type Browser, type Page } from 'playwright-core';
import { browserBundle } from './browser-bundle';
import { browserPath } from './browser-path';
import { browserSite, type BrowserSite, type BrowserSiteOptions } from './browser-site';
import { closing } from './closing';

export interface BrowserPageOptions extends Omit<BrowserSiteOptions, 'program' | 'provider'> {
  readonly provider: { readonly url: string; readonly close: () => Promise<void> };
  /** The page's time stands still, and goes by only as `page.clock.runFor` says: no machine is too slow for its timers. */
  readonly isClockHeld?: boolean;
}

export interface BrowserPage {
  /** What esbuild made of the program. */
  readonly bundle: () => Awaited<ReturnType<typeof browserBundle>>;
  /** Opens a new page on a new site. Page, site and provider are closed after the spec. */
  readonly open: (options: BrowserPageOptions) => Promise<{ readonly page: Page; readonly site: BrowserSite }>;
}

/** The browser's own words for each reply 400 to 599, and each that breaks off: no program can keep it from them. */
const isOfNetwork = (line: string): boolean => line.startsWith('Failed to load resource: ');

/** One Chromium for all specs of a file. A spec fails in which the browser has an error or a warning to show. */
export function browserPage(entry: string): BrowserPage {
  const executablePath = browserPath(); // before any spec: one failure when there is none, not one for each
  let browser: Browser | undefined;
  let bundle: Awaited<ReturnType<typeof browserBundle>>;
  let complaints: string[] = [];

  beforeAll(async () => {
    bundle = await browserBundle(entry); // first: nothing is left open when it fails
    browser = await chromium.launch({ executablePath, timeout: 100_000 }); // ends only what hangs, before `testTimeout` does
  });
  const opened = closing();
  afterEach(() => {
    const heard = complaints.filter((line) => !isOfNetwork(line));
    complaints = [];
    if (heard.length > 0) throw new Error(`the browser shows:\n${heard.join('\n')}`);
  });
  afterAll(() => browser?.close());

  const newPage = async (isClockHeld: boolean): Promise<Page> => {
    if (browser === undefined) throw new Error('a page is opened in a spec');
    const made = await browser.newPage({ ignoreHTTPSErrors: true }); // a site's certificate is signed by nobody
    opened({ close: () => made.close() });
    made.setDefaultTimeout(100_000); // as above
    made.on('pageerror', (error) => complaints.push(String(error)));
    made.on('console', (line) => {
      if (['error', 'warning'].includes(line.type())) complaints.push(line.text());
    });
    if (isClockHeld) {
      await made.clock.install({ time: 0 });
      await made.clock.pauseAt(3_600_000); // a time that has not come yet
    }
    return made;
  };

  return {
    bundle: () => bundle,
    open: async ({ provider, isClockHeld = false, ...options }) => {
      opened(provider);
      const program = bundle.outputFiles[0]?.text ?? '';
      const site = opened(await browserSite({ ...options, program, provider: provider.url }));
      const page = await newPage(isClockHeld);
      await page.goto(site.url);
      return { page, site };
    },
  };
}
