import * as t from 'io-ts';
import { known } from '../config/known';
import { explain } from '../domain/explain';
import type { Reading } from './reading';
import { scaled } from '../domain/scaled';

/** An object of the configuration, read field by field; what nobody has read is `leftOver`. A field that is `null` is not there. */
export interface Fields {
  /** The place of a field, for what is said about it. */
  readonly at: (key: string) => string;
  readonly has: (key: string) => boolean;
  /** The names of those that are there. */
  readonly names: () => readonly string[];
  /** A field, `os.environ/NAME` looked up. When something is wrong with it, that is noted, and it is `undefined`. */
  readonly value: <A>(key: string, codec: t.Type<A>) => A | undefined;
  /** The same for one that must be there. */
  readonly required: <A>(key: string, codec: t.Type<A>) => A | undefined;
  /** The same for a number, which a variable holds as text. */
  readonly number: (key: string, codec: t.Type<number>) => number | undefined;
  /** A length of time that is given in seconds, in ms. */
  readonly ms: (key: string, codec: t.Type<number>) => number | undefined;
  /** An object within; without fields when there is none. */
  readonly fields: (key: string) => Fields;
  /** Notes that a field has no counterpart here. */
  readonly unsupported: (key: string, reason: string) => void;
  /** Notes what has not been read. A `false` asks for nothing, and is passed over. */
  readonly leftOver: (reasonOf: (key: string) => string) => void;
}

const fromEnv = 'os.environ/';
const AnObject = known<Readonly<Record<string, unknown>>>('an object', t.UnknownRecord.is);

/** The fields of a value; of one that is no object, none, and that is noted. */
export function fieldsOf(given: unknown, path: string, reading: Reading): Fields {
  const read = new Set<string>();
  const at = (key: string): string => (path === '' ? key : `${path}.${key}`);

  const decoded = <A>(place: string, value: unknown, codec: t.Type<A>): A | undefined => {
    const result = codec.decode(value);
    if (result._tag === 'Right') return result.right;
    reading.problems.push(...explain(result.left).map((said) => placed(place, said)));
    return undefined;
  };
  const maybe = <A>(place: string, value: unknown, codec: t.Type<A>): A | undefined =>
    value === undefined || value === null ? undefined : decoded(place, value, codec);
  const record = maybe(path, given, AnObject) ?? {};

  const standing = (key: string): unknown => (Object.hasOwn(record, key) ? record[key] : undefined);
  const has = (key: string): boolean => (standing(key) ?? undefined) !== undefined;
  const found = (key: string): unknown => {
    read.add(key);
    const value = standing(key);
    if (typeof value !== 'string' || !value.startsWith(fromEnv)) return value;
    const name = value.slice(fromEnv.length);
    const held = Object.hasOwn(reading.env, name) ? reading.env[name] : undefined;
    if (held === undefined) reading.problems.push(`${at(key)}: the environment has no ${name}`);
    return held;
  };
  const number: Fields['number'] = (key, codec) => maybe(at(key), numeric(found(key)), codec);

  return {
    at,
    has,
    names: () => Object.keys(record).filter(has),
    value: (key, codec) => maybe(at(key), found(key), codec),
    required: (key, codec) => decoded(at(key), found(key), codec),
    number,
    ms: (key, codec) => {
      const seconds = number(key, codec);
      return seconds === undefined ? undefined : scaled(seconds, 1000);
    },
    fields: (key) => fieldsOf(found(key), at(key), reading),
    unsupported: (key, reason) => {
      read.add(key);
      reading.unsupported.push({ path: at(key), reason });
    },
    leftOver: (reasonOf) => {
      for (const [key, value] of Object.entries(record)) {
        if (read.has(key) || value === undefined || value === null || value === false) continue;
        reading.unsupported.push({ path: at(key), reason: reasonOf(key) });
      }
    },
  };
}

function numeric(value: unknown): unknown {
  return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
}

/** What a codec said of a value, at the value's place: a path of the codec's own goes on from there. */
function placed(place: string, said: string): string {
  const [, inner = '', problem = said] = /^(\S+): (.*)$/s.exec(said) ?? [];
  const dot = place === '' || inner === '' || inner.startsWith('[') ? '' : '.';
  return `${place}${dot}${inner}${place === '' && inner === '' ? '' : ': '}${problem}`;
}
