import { pause } from '../support/pause';

/** Resolves when it holds; asked again and again, 3000 times. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let turn = 0; !(await holds()); turn++) {
    if (turn === 3000) throw new Error(`not within 3000 turns: ${holds.toString()}`);
    await pause(20);
  }
}
