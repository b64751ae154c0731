import { longestTimerMs } from '../rx/longest-timer';

/**
 * How long to wait before asking again (ms).
 * With a hint: somewhere in [hint, hint x 1.25], for many waiters must not wake together.
 * Without: min(0.5 s x 2^n, 8 s) x (1 - 0.25 r), as in the OpenAI and Anthropic SDKs.
 *
 * @param n how often it has been asked again already
 */
export function backOffMs(n: number, hintMs: number | undefined, random: () => number): number {
  if (hintMs !== undefined) return Math.min(hintMs * (1 + 0.25 * random()), longestTimerMs);
  return Math.min(500 * 2 ** n, 8000) * (1 - 0.25 * random());
}
