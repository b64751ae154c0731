import { utf8Length } from '../../transport/utf8-length';
import { isSafeCut } from './safe-cut';

/** A stretch of a text that is counted at once. */
interface Slice {
  /** Where it ends. */
  readonly to: number;
  /** What its long runs take, in microseconds of the machine that this was measured on. */
  readonly work: number;
}

/** Characters, or microseconds for long runs, after which a slice ends at the next safe cut: in all some 5 ms, whatever the text. */
const enough = { characters: 2048, work: 2048 };

/**
 * A run without a safe cut is cut all the same after so many characters, for merging takes the square of its length. Then the count may be off
 * by a token or two a cut, less than 1 % of such a run; all other texts are exact.
 */
const longestRun = 512;

/**
 * The slice of a text that begins at `from`. It ends at a safe cut, so that the slices of a text add up to the text; it is never empty, and
 * never ends in the middle of a character. O(its length).
 */
export function nextSlice(text: string, from: number): Slice {
  let work = 0;
  let run = from;
  for (let to = from + 1; to < text.length; to++) {
    const isSafe = isSafeCut(text, to);
    if (!isSafe && (to - run < longestRun || isLowSurrogate(text, to))) continue;
    work += workOf(text, run, to);
    if (!isSafe || to - from >= enough.characters || work >= enough.work) return { to, work };
    run = to;
  }
  return { to: text.length, work: work + workOf(text, run, text.length) };
}

/** By the square of its bytes: after each merge the next one is looked for among all that is left. */
function workOf(text: string, from: number, to: number): number {
  return utf8Length(text, from, to) ** 2 / 700;
}

function isLowSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff;
}
