import type { TimedPart } from './write-parts';

const [lineFeed, carriageReturn] = [0x0a, 0x0d];

/** The same text with CRLF line ends, in writes of its own wherever a line end or a character of several bytes can be split. */
export function splitWrites(parts: readonly TimedPart[]): readonly TimedPart[] {
  return parts.flatMap(({ bytes, dueMs }) => {
    const lines = Buffer.from(bytes.toString('utf8').replaceAll(/\r?\n/g, '\r\n'));
    const cuts = [...lines.keys()].filter((at) => at > 0 && isInside(lines, at));
    return [0, ...cuts].map((start, n) => ({ bytes: lines.subarray(start, cuts[n]), dueMs, alone: true }));
  });
}

/** Whether the byte there goes on with what the byte before it began. */
function isInside(bytes: Buffer, at: number): boolean {
  const byte = bytes[at] ?? 0;
  return (byte & 0xc0) === 0x80 || (byte === lineFeed && bytes[at - 1] === carriageReturn);
}
