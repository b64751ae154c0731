import { mapLeft, type Either } from 'fp-ts/Either';
import { defaultCaps } from '../transport/caps';
import { parseJson } from '../transport/parse-json';
import type { BodyProblem } from '../transport/transport';

/**
 * The value of the JSON text that an answer is, or what is the matter with it. White space around it and one fence that holds all of it
 * are taken off, since models write them in spite of what they are told; JSON in the middle of prose is none.
 */
export function jsonIn(content: string): Either<string, unknown> {
  return mapLeft(({ kind }: BodyProblem) => problems[kind])(parseJson(unfenced(content), defaultCaps));
}

const problems: Readonly<Record<BodyProblem['kind'], string>> = {
  'not-json': 'it is not JSON',
  empty: 'it is empty',
  'too-deep': `it is nested deeper than ${String(defaultCaps.jsonDepth)}`,
  'forbidden-key': 'it has a key that would reach a prototype',
};

const fence = '```';
const opening = /^```(?:json)?[ \t]*\r?\n/i;

function unfenced(content: string): string {
  const text = content.trim();
  const begin = opening.exec(text)?.[0].length;
  return begin !== undefined && text.endsWith(fence) ? text.slice(begin, -fence.length) : text;
}
