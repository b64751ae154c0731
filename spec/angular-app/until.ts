import { setTimeout as wait } from 'node:timers/promises';

/** Resolves when it holds; asked again and again, for a minute. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  const lastMs = performance.now() + 60_000;
  while (!(await holds())) {
    if (performance.now() > lastMs) throw new Error(`not within a minute: ${holds.toString()}`);
    await wait(20);
  }
}
