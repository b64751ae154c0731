import { left, right, type Either } from 'fp-ts/Either';
import type { Decoder } from 'io-ts';
import { jsonIn } from './json-in';
import { mismatches, type Mismatch } from './mismatches';

/** What a text cannot be decoded for, of many things the first ten. */
export type Misread = readonly Mismatch[];

const most = 10;

/** What a codec makes of the JSON in a text. Throws what the codec throws. */
export function readText<A>(text: string, codec: Decoder<unknown, A>): Either<Misread, A> {
  const json = jsonIn(text);
  if (json._tag === 'Left') return left([{ told: json.left, shown: json.left }]);
  const decoded = codec.decode(json.right);
  return decoded._tag === 'Right' ? right(decoded.right) : left(first(mismatches(decoded.left)));
}

function first(all: Misread): Misread {
  if (all.length <= most) return all;
  const rest = `and ${String(all.length - most)} more`;
  return [...all.slice(0, most), { told: rest, shown: rest }];
}
