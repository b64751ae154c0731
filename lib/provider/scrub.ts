import type { Call } from '../transport/transport';
import { hideKeys } from './hide-keys';
import { maskRuns } from './mask-runs';
import { stringLeaves } from './string-leaves';

const longest = 300;
/** A longer text is cut before it is looked at: only its beginning can be shown. */
const read = 2000;
/** From this length on, what also stands in the request is taken for an echo of it. */
const echo = 12;
/** Vendors show the first and last four characters of a key. */
const keyEcho = 4;
const headerEcho = 8;

const credential = /auth|key|token|secret|cookie/;
const scheme = /^(?:bearer|basic|token|apikey)$/i;
const ours = new Set(['content-type', 'accept', 'user-agent']);

/**
 * A vendor's words, safe to repeat: one line of at most 300 characters, without keys (the call's own and anything that
 * looks like one) and without queries of URLs; every run of 12 or more characters that also stands in a string of the
 * request is `…`. Field names and the vendor's model are no echoes, or no message could name what is wrong.
 * Without `sent` only what looks like a key is removed.
 */
export function scrub(text: string, sent: Call | undefined): string {
  const line = hideKeys(plain(text.slice(0, read)));
  if (sent === undefined) return cut(line);
  const keyless = withoutHeaders(line, sent.headers);
  if (keyless.length < echo) return keyless;
  const said = [...new Set(stringLeaves(sent.body).flatMap((leaf) => [leaf, plain(leaf)]))];
  const masked = maskRuns(keyless, said, echo);
  return masked.length <= longest ? masked : maskRuns(cut(masked), said, echo);
}

function withoutHeaders(text: string, headers: Call['headers']): string {
  return Object.entries(headers)
    .filter(([name]) => !ours.has(name))
    .flatMap(([name, value]) => {
      const size = credential.test(name) ? keyEcho : headerEcho;
      return value
        .split(' ')
        .filter((piece) => piece.length >= keyEcho - 1 && !scheme.test(piece))
        .map((piece) => ({ piece, size: Math.min(size, piece.length) }));
    })
    .reduce((said, { piece, size }) => maskRuns(said, [piece], size), text);
}

/**
 * One line: escapes of JSON and Python undone (an escaped echo is an echo), white space and control characters as
 * single spaces.
 */
function plain(text: string): string {
  if (!/[\\\p{Cc}]|\s\s|[^\S ]/u.test(text)) return text.trim();
  return text
    .replace(/\\+(?:u([\da-f]{4})|(.))/gis, (_, hex: string | undefined, character: string | undefined) =>
      hex === undefined ? (spaces[character ?? ''] ?? character ?? '') : String.fromCharCode(parseInt(hex, 16)),
    )
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
}

const spaces: Readonly<Record<string, string>> = { n: ' ', r: ' ', t: ' ' };

function cut(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
