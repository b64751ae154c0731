import * as t from 'io-ts';
import { allOf } from './all-of';
import { anyOf } from './any-of';
import type { Definitions } from './definitions';
import type { JsonSchema } from './json-schema';
import type { KnownCodec } from './known-codec';
import { noSchema } from './no-schema';

/** The schema of a part of a codec. Throws for what has none. @param path where it stands, e.g. `.people[].born` */
export function schemaAt(path: string, codec: t.Mixed, definitions: Definitions): JsonSchema {
  const at = (key: string, part: t.Mixed): JsonSchema => schemaAt(`${path}${key}`, part, definitions);
  const known = codec as KnownCodec; // whatever else it is comes to the default
  if (integers.includes(codec)) return { type: 'integer' };
  switch (known._tag) {
    case 'StringType':
      return { type: 'string' };
    case 'NumberType':
      return { type: 'number' };
    case 'BooleanType':
      return { type: 'boolean' };
    case 'NullType':
      return { type: 'null' };
    case 'LiteralType':
      return literal(known.value);
    case 'KeyofType':
      return { type: 'string', enum: Object.keys(known.keys) };
    case 'ArrayType':
    case 'ReadonlyArrayType':
      return { type: 'array', items: at('[]', known.type) };
    case 'TupleType': {
      const prefixItems = known.types.map((one, i) => at(`[${String(i)}]`, one));
      return { type: 'array', prefixItems, items: false, minItems: prefixItems.length };
    }
    case 'InterfaceType':
      return object(known.props, at, (one) => !one.is(undefined));
    case 'PartialType':
      return object(known.props, at, () => false);
    case 'DictionaryType':
      return record(known, path, at);
    case 'UnionType':
      return union(known, path, at);
    case 'IntersectionType':
      return intersection(known, path, at);
    case 'ExactType':
    case 'ReadonlyType':
    case 'RefinementType':
      return at('', known.type);
    case 'RecursiveType':
      return definitions.refer(known, () => at('', known.type));
    default:
      throw noSchema(path, codec.name, 'it is no string, number, literal, object … of io-ts');
  }
}

type At = (key: string, part: t.Mixed) => JsonSchema;

const integers: readonly t.Mixed[] = [t.Int, t.Integer];

/** What JSON does not have: where it may be, the field may be absent. */
function isNothing(codec: t.Mixed): boolean {
  const tag: unknown = (codec as KnownCodec | t.UndefinedType | t.VoidType)._tag;
  return tag === 'UndefinedType' || tag === 'VoidType';
}

function literal(value: string | number | boolean): JsonSchema {
  if (typeof value === 'boolean') return { type: 'boolean', const: value };
  return { type: typeof value === 'number' ? 'number' : 'string', enum: [value] };
}

/** Without any other field, though the codec may let them pass: vendors want to be told so, and models then make none up. */
function object(props: t.Props, at: At, isRequired: (codec: t.Mixed) => boolean): JsonSchema {
  const fields = Object.entries(props);
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(([name, codec]) => [name, at(`.${name}`, codec)])),
    required: fields.filter(([, codec]) => isRequired(codec)).map(([name]) => name),
    additionalProperties: false,
  };
}

/** One whose keys are known has all of them. */
function record({ domain, codomain }: t.DictionaryType<t.Mixed, t.Mixed>, path: string, at: At): JsonSchema {
  const { type, enum: names } = at('', domain);
  if (type !== 'string') throw noSchema(path, domain.name, 'the keys of a record are strings');
  if (names === undefined) return { type: 'object', additionalProperties: at('.*', codomain) };
  return object(Object.fromEntries(names.map((name) => [name, codomain])), at, (one) => !one.is(undefined));
}

function union({ types, name }: t.UnionType<t.Mixed[]>, path: string, at: At): JsonSchema {
  const members = types.filter((one) => !isNothing(one));
  if (members.length === 0) throw noSchema(path, name, 'JSON has nothing for it');
  return anyOf(members.map((one) => at('', one)));
}

function intersection({ types, name }: t.IntersectionType<t.Mixed[]>, path: string, at: At): JsonSchema {
  const [first, ...rest] = types.map((one) => at('', one));
  const all = rest.reduce<JsonSchema | undefined>((sofar, one) => sofar && allOf(sofar, one), first);
  if (all === undefined) throw noSchema(path, name, 'its parts are not objects with different fields');
  return all;
}
