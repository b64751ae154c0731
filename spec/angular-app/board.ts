import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { browserPath } from '../support/browser-path';
import { pause } from '../support/pause';

/** What the simulated providers have seen since the run began, together. */
export interface Seen {
  readonly requests: number;
  readonly inFlight: number;
  readonly aborted: number;
}

export interface VisitOptions extends BrowserContextOptions {
  /** The page's time goes by as turns of the specs' process do, so that it runs out for no slow machine, and no chance is in what it does. */
  readonly isPaced?: boolean;
}

/** The app as its user has it: the server of `npm run example:angular`, and a browser. */
export interface Board {
  readonly url: string;
  /** A fresh visit: nothing of another one is in it. Closed with the board. */
  readonly visit: (options?: VisitOptions) => Promise<Page>;
  readonly seen: () => Promise<Seen>;
  /** What pages have written to the console or not caught, and what of them was missing, on all visits so far. */
  readonly complaints: readonly string[];
  /** As Ctrl-C does. Gives the exit code of the server. */
  readonly interrupt: () => Promise<number | null>;
  readonly close: () => Promise<void>;
}

/** A browser tells of each call that fails, whatever is made of it. That nothing of the page itself is missing is looked at apart. */
const browsersOwn = 'Failed to load resource: ';

/** Ends only what hangs, before `testTimeout` does. */
const longestMs = 100_000;

export async function openBoard(): Promise<Board> {
  const server = spawn(process.execPath, ['examples/angular/server/serve.mjs'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(server, 'exit');
  const interrupt = async () => {
    server.kill('SIGINT');
    await ended;
    return server.exitCode;
  };
  try {
    const url = await urlOf(server);
    const browser = await chromium.launch({
      executablePath: browserPath(),
      args: ['--no-sandbox', '--disable-dev-shm-usage'],
      timeout: longestMs,
    });
    const complaints: string[] = [];
    return {
      url,
      visit: (options) => visit(browser, url, complaints, options),
      seen: async () => {
        const servers = (await (await fetch(`${url}simulation/stats`)).json()) as readonly Seen[];
        const sum = (count: keyof Seen) => servers.reduce((total, one) => total + one[count], 0);
        return { requests: sum('requests'), inFlight: sum('inFlight'), aborted: sum('aborted') };
      },
      complaints,
      interrupt,
      close: async () => {
        await browser.close();
        await interrupt();
      },
    };
  } catch (reason) {
    await interrupt();
    throw reason;
  }
}

async function urlOf(server: ChildProcess): Promise<string> {
  if (server.stdout === null) throw new Error('the server was started without a pipe');
  for await (const line of createInterface({ input: server.stdout })) {
    const [url] = /http:\S+/.exec(line) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error('the server of the app ended before it had an address: is the app built? npm run example:angular');
}

async function visit(
  browser: Browser,
  url: string,
  complaints: string[],
  { isPaced = false, ...options }: VisitOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(longestMs);
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    const isComplaint = message.type() === 'error' || message.type() === 'warning';
    if (isComplaint && !message.text().startsWith(browsersOwn)) complaints.push(message.text());
  });
  page.on('response', (response) => {
    if (response.url().startsWith(url) && response.status() >= 400)
      complaints.push(`${String(response.status())} ${response.url()}`);
  });
  if (isPaced) {
    await page.addInitScript('Math.random = () => 0;'); // of equal deployments the first is taken
    await page.clock.install({ time: 0 });
    await page.clock.pauseAt(3_600_000); // a time that has not come yet
  }
  await page.goto(url);
  if (isPaced) pace(page).catch(() => undefined); // the page is closed
  return page;
}

async function pace(page: Page): Promise<void> {
  const stepMs = 25;
  while (!page.isClosed()) {
    await page.clock.runFor(stepMs);
    await pause(stepMs);
  }
}
