/** What a character is to the pre-tokenizers. Half of a surrogate pair may be any of them but a space. */
type Kind = 'letter' | 'number' | 'mark' | 'space' | 'newline' | 'apostrophe' | 'half' | 'other';

/** What can follow a number or a letter only in a piece of its own. */
const endsNumber: ReadonlySet<Kind> = new Set(['letter', 'mark', 'newline', 'apostrophe', 'other']);
const endsLetters: ReadonlySet<Kind> = new Set(['number', 'newline', 'other']); // an apostrophe may begin a contraction

/**
 * Whether a text counts the same when it is cut before `at`: both encodings (cl100k_base, o200k_base: the patterns of tiktoken) begin a new
 * piece there whatever stands further on either side. So it is before a space after anything but white space, after the last of some digits,
 * and after the last of some letters, but for marks and apostrophes. A `false` may be a cut as well. O(1).
 */
export function isSafeCut(text: string, at: number): boolean {
  const before = kindOf(text, at - 1);
  if (before === 'space' || before === 'newline') return false; // white space is looked at from its last character
  const after = kindOf(text, at);
  if (after === 'space') return true;
  return before === 'number' ? endsNumber.has(after) : before === 'letter' && endsLetters.has(after);
}

function kindOf(text: string, at: number): Kind {
  const unit = text.charCodeAt(at);
  if (unit < 0x80) return asciiKind(unit);
  if (unit >= 0xd800 && unit <= 0xdfff) return 'half';
  const character = text.charAt(at);
  if (/\p{L}/u.test(character)) return 'letter';
  if (/\s/u.test(character)) return 'space';
  if (/\p{M}/u.test(character)) return 'mark';
  return /\p{N}/u.test(character) ? 'number' : 'other';
}

function asciiKind(unit: number): Kind {
  if ((unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a)) return 'letter';
  if (unit === 0x20 || unit === 0x09 || unit === 0x0b || unit === 0x0c) return 'space';
  if (unit === 0x0a || unit === 0x0d) return 'newline';
  if (unit >= 0x30 && unit <= 0x39) return 'number';
  return unit === 0x27 ? 'apostrophe' : 'other';
}
