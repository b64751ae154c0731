import type { Page } from 'playwright-core';

/** What Chromium's trace has of a task, or of a thread's name. */
interface TraceEvent {
  readonly ph: string;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** How long the task took by the clock (microseconds). */
  readonly dur?: number;
  /** By its thread's own clock; absent when that did not move. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/** How long a page was busy with one thing (ms). */
export interface LongestTask {
  /** Of a processor: what the page is to blame for, whatever else the machine does. */
  readonly cpuMs: number;
  /** By the clock. */
  readonly wallMs: number;
}

/** From now on: how long the longest tasks of the page's main thread take. Each of them keeps the page from answering. */
export async function watchTasks(page: Page): Promise<() => Promise<LongestTask>> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('the page has a browser of its own');
  await browser.startTracing(page, { categories: ['toplevel'] });
  return async () => {
    const trace = JSON.parse((await browser.stopTracing()).toString()) as {
      readonly traceEvents: readonly TraceEvent[];
    };
    const mains = trace.traceEvents.filter(
      ({ ph, name, args }) => ph === 'M' && name === 'thread_name' && args.name === 'CrRendererMain',
    );
    const tasks = trace.traceEvents.filter(
      ({ ph, name, pid, tid }) =>
        ph === 'X' && name.endsWith('RunTask') && mains.some((main) => main.pid === pid && main.tid === tid),
    );
    if (tasks.length === 0) throw new Error('the trace has no tasks');
    const longest = (of: 'dur' | 'tdur') => tasks.reduce((most, task) => Math.max(most, task[of] ?? 0), 0) / 1000;
    return { cpuMs: longest('tdur'), wallMs: longest('dur') };
  };
}
