import { left, right, type Either } from 'fp-ts/Either';
import type { Caps } from './caps';
import type { BodyProblem } from './transport';

/**
 * The value of a JSON text from a stranger, or why it is refused: empty, not JSON, deeper than `jsonDepth`, or with a key that
 * would reach a prototype when somebody merges it (`__proto__`, `constructor.prototype`, however escaped). A leading byte order mark is skipped.
 * Linear in the text, and about the cost of `JSON.parse` for an ordinary reply: the exact checks run only on a text that might fail them.
 *
 * @example parseJson('{"a":[1]}', { jsonDepth: 200 }) // right({ a: [1] })
 */
export function parseJson(text: string, { jsonDepth }: Pick<Caps, 'jsonDepth'>): Either<BodyProblem, unknown> {
  const json = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  if (json.trim() === '') return left({ kind: 'empty', text });
  if (isDeeper(json, jsonDepth)) return left({ kind: 'too-deep', text });
  try {
    const value: unknown = JSON.parse(json);
    return suspicious.test(json) && hasForbiddenKey(value) ? left({ kind: 'forbidden-key', text }) : right(value);
  } catch {
    return left({ kind: 'not-json', text });
  }
}

/** The two names, or an escape that could spell one of their letters. */
const suspicious = /__proto__|constructor|\\u00[5-7]/;

/** Looked for before parsing, so that nothing deep is ever built. What is too short to close as often as that is no JSON, or shallow. */
function isDeeper(json: string, limit: number): boolean {
  return json.length > 2 * limit && openings(json, limit) > limit && nestsBeyond(json, limit);
}

/** Brackets and braces in the text, strings included: never less than its depth. Counting stops above the limit. */
function openings(json: string, limit: number): number {
  let count = 0;
  for (const bracket of ['{', '[']) {
    for (let at = json.indexOf(bracket); at !== -1 && count <= limit; at = json.indexOf(bracket, at + 1)) count++;
  }
  return count;
}

function nestsBeyond(json: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < json.length; at++) {
    const char = json.charCodeAt(at);
    if (inString) {
      if (char === backslash) at++;
      else if (char === quote) inString = false;
    } else if (char === quote) inString = true;
    else if (char === closeBrace || char === closeBracket) depth--;
    else if ((char === openBrace || char === openBracket) && ++depth > limit) return true;
  }
  return false;
}

const [quote, backslash, openBracket, closeBracket, openBrace, closeBrace] = [0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d];

/** Walks with a stack of its own; the depth is already bounded. */
function hasForbiddenKey(root: unknown): boolean {
  const pending = [root];
  while (pending.length > 0) {
    const value = pending.pop();
    if (typeof value !== 'object' || value === null) continue;
    if (Object.hasOwn(value, '__proto__')) return true;
    for (const [key, inner] of Object.entries(value) as [string, unknown][]) {
      if (key === 'constructor' && typeof inner === 'object' && inner !== null && Object.hasOwn(inner, 'prototype'))
        return true;
      pending.push(inner);
    }
  }
  return false;
}
