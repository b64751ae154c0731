import { chromium, type Browser, type Page } from 'playwright-core';
import { browserBundle } from './browser-bundle';
import { browserPath } from './browser-path';
import { browserSite, type BrowserSite, type BrowserSiteOptions } from './browser-site';

export interface BrowserPageOptions extends Omit<BrowserSiteOptions, 'program' | 'provider'> {
  readonly provider: { readonly url: string; readonly close: () => Promise<void> };
}

export interface BrowserPage {
  /** What esbuild made of the program. */
  readonly bundle: () => Awaited<ReturnType<typeof browserBundle>>;
  /** Opens the page on a new site, with nothing left of the spec before. Site and provider are closed after the spec. */
  readonly open: (options: BrowserPageOptions) => Promise<{ readonly page: Page; readonly site: BrowserSite }>;
}

/** The browser's own words for each reply 400 to 599, and each that breaks off: no program can keep it from them. */
const isOfNetwork = (line: string): boolean => line.startsWith('Failed to load resource: ');

/** One Chromium and one page for all specs of a file. A spec fails in which the browser has an error or a warning to show. */
export function browserPage(entry: string): BrowserPage {
  const executablePath = browserPath(); // before any spec: one failure when there is none, not one for each
  let browser: Browser | undefined;
  let bundle: Awaited<ReturnType<typeof browserBundle>>;
  let page: Page | undefined;
  let complaints: string[] = [];
  let closings: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    bundle = await browserBundle(entry); // first: nothing is left open when it fails
    browser = await chromium.launch({ executablePath });
  });
  afterEach(async () => {
    if (page?.isClosed() === false) await page.goto('about:blank');
    await Promise.all(closings.map((close) => close()));
    const heard = complaints.filter((line) => !isOfNetwork(line));
    [complaints, closings] = [[], []];
    if (heard.length > 0) throw new Error(`the browser shows:\n${heard.join('\n')}`);
  });
  afterAll(() => browser?.close());

  const newPage = async (): Promise<Page> => {
    if (browser === undefined) throw new Error('a page is opened in a spec');
    const made = await browser.newPage({ ignoreHTTPSErrors: true }); // a site's certificate is signed by nobody
    made.on('pageerror', (error) => complaints.push(String(error)));
    made.on('console', (line) => {
      if (['error', 'warning'].includes(line.type())) complaints.push(line.text());
    });
    return made;
  };

  return {
    bundle: () => bundle,
    open: async ({ provider, ...options }) => {
      const program = bundle.outputFiles[0]?.text ?? '';
      const site = await browserSite({ ...options, program, provider: provider.url });
      closings = [site.close, provider.close];
      page = page === undefined || page.isClosed() ? await newPage() : page;
      await page.goto(site.url);
      return { page, site };
    },
  };
}
