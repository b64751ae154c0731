/** Resolves as soon as the condition holds; fails, saying what was waited for, when it does not within `ms`. */
export async function until(what: string, holds: () => boolean, ms = 2000): Promise<void> {
  const end = performance.now() + ms;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`not within ${String(ms)} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
