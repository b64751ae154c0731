import { pause } from './pause';

/** Resolves as soon as the condition holds; fails, saying what was waited for, when it does not within `turns` of a millisecond or more. */
export async function until(what: string, holds: () => boolean, turns = 2000): Promise<void> {
  for (let turn = 0; !holds(); turn++) {
    if (turn === turns) throw new Error(`not within ${String(turns)} turns: ${what}`);
    await pause(1);
  }
}
