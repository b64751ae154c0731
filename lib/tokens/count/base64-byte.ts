/** One byte of what is written as base64 from `start` on, without decoding the rest; `NaN` behind the end. Both alphabets are read. */
export function base64Byte(text: string, start: number, index: number): number {
  const place = index % 3;
  const at = start + ((index - place) / 3) * 4 + place;
  const [left, right] = [sixBits(text.charCodeAt(at)), sixBits(text.charCodeAt(at + 1))];
  if (left === undefined || right === undefined) return NaN;
  return ((left << (2 + 2 * place)) & 0xff) | (right >> (4 - 2 * place));
}

function sixBits(unit: number): number | undefined {
  if (unit >= 0x41 && unit <= 0x5a) return unit - 0x41; // A-Z
  if (unit >= 0x61 && unit <= 0x7a) return unit - 0x61 + 26; // a-z
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30 + 52; // 0-9
  if (unit === 0x2b || unit === 0x2d) return 62; // + or -
  return unit === 0x2f || unit === 0x5f ? 63 : undefined; // / or _
}
