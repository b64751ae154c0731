import type * as t from 'io-ts';

/** The codecs of io-ts that say what they are made of. */
export type KnownCodec =
  | t.StringType
  | t.NumberType
  | t.BooleanType
  | t.NullType
  | t.LiteralType<string | number | boolean>
  | t.KeyofType<Record<string, unknown>>
  | t.ArrayType<t.Mixed>
  | t.ReadonlyArrayType<t.Mixed>
  | t.TupleType<t.Mixed[]>
  | t.InterfaceType<t.Props>
  | t.PartialType<t.Props>
  | t.DictionaryType<t.Mixed, t.Mixed>
  | t.UnionType<t.Mixed[]>
  | t.IntersectionType<t.Mixed[]>
  | t.ExactType<t.Mixed>
  | t.ReadonlyType<t.Mixed>
  | t.RefinementType<t.Mixed>
  | t.RecursiveType<t.Mixed>;
