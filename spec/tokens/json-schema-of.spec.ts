import Ajv from 'ajv/dist/2020';
import fc from 'fast-check';
import * as t from 'io-ts';
import { anthropic } from '../../lib/provider/anthropic/anthropic';
import { gemini } from '../../lib/provider/gemini/gemini';
import type { Provider } from '../../lib/provider/provider';
import { fillSchema } from '../../lib/testing/simulate/fill-schema';
import { readSubject } from '../../lib/testing/simulate/subject';
import { jsonSchemaOf } from '../../lib/tokens/json-schema-of';

const ajv = new Ajv({ strict: true });
const fits = (codec: t.Mixed, value: unknown): boolean => ajv.compile(jsonSchemaOf(codec))(value);
const decodes = (codec: t.Mixed, value: unknown): boolean => codec.decode(value)._tag === 'Right';

const Person = t.type({ name: t.string, age: t.Int, email: t.union([t.string, t.null]) }, 'Person');

interface Tree {
  readonly value: number;
  readonly children: readonly Tree[];
}
const Tree: t.Type<Tree> = t.recursion('Tree', () => t.type({ value: t.number, children: t.readonlyArray(Tree) }));

interface PositiveBrand {
  readonly Positive: unique symbol;
}
const Positive = t.brand(t.number, (n): n is t.Branded<number, PositiveBrand> => n > 0, 'Positive');

describe('jsonSchemaOf', () => {
  it('is what vendors are sent', () => {
    expect(jsonSchemaOf(t.type({ people: t.array(Person), kind: t.keyof({ a: null, b: null }) }))).toEqual({
      type: 'object',
      properties: {
        people: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              name: { type: 'string' },
              age: { type: 'integer' },
              email: { anyOf: [{ type: 'string' }, { type: 'null' }] },
            },
            required: ['name', 'age', 'email'],
            additionalProperties: false,
          },
        },
        kind: { type: 'string', enum: ['a', 'b'] },
      },
      required: ['people', 'kind'],
      additionalProperties: false,
    });
  });

  it.each<[string, t.Mixed, object]>([
    ['a literal', t.literal('a'), { type: 'string', enum: ['a'] }],
    ['a number', t.literal(1), { type: 'number', enum: [1] }],
    ['true', t.literal(true), { type: 'boolean', const: true }],
    ['literals', t.union([t.literal('a'), t.literal('b'), t.literal('a')]), { type: 'string', enum: ['a', 'b'] }],
    [
      'literals of several kinds',
      t.union([t.literal('a'), t.literal(1), t.null]),
      { anyOf: [{ type: 'string', enum: ['a'] }, { type: 'number', enum: [1] }, { type: 'null' }] },
    ],
    [
      'a union in a union',
      t.union([t.union([t.string, t.null]), t.boolean]),
      { anyOf: [{ type: 'string' }, { type: 'null' }, { type: 'boolean' }] },
    ],
    ['a brand', Positive, { type: 'number' }],
    ['a union of a brand and its base', t.union([Positive, t.number]), { type: 'number' }],
    ['readonly', t.readonly(t.readonlyArray(t.string)), { type: 'array', items: { type: 'string' } }],
    [
      'a tuple',
      t.tuple([t.string, t.number]),
      { type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }], items: false, minItems: 2 },
    ],
    ['a record', t.record(t.string, t.number), { type: 'object', additionalProperties: { type: 'number' } }],
  ])('of %s', (_, codec, schema) => {
    expect(jsonSchemaOf(codec)).toEqual(schema);
  });

  it.each<[string, t.Mixed]>([
    ['type, partial', t.intersection([t.type({ a: t.string }), t.partial({ b: t.number })])],
    ['exact', t.exact(t.intersection([t.type({ a: t.string }), t.partial({ b: t.number })]))],
    ['undefined in type', t.type({ a: t.string, b: t.union([t.number, t.undefined]) })],
    ['twice the same', t.intersection([t.type({ a: t.string }), t.type({ a: t.string }), t.partial({ b: t.number })])],
  ])('takes a field for optional that may be missing: %s', (_, codec) => {
    expect(jsonSchemaOf(codec)).toEqual({
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'number' } },
      required: ['a'],
      additionalProperties: false,
    });
  });

  it('has all fields of a record whose keys are known', () => {
    expect(jsonSchemaOf(t.record(t.keyof({ a: null, b: null }), t.number))).toMatchObject({ required: ['a', 'b'] });
  });

  it('says what all members of a union have in common with each of them', () => {
    const Shape = t.intersection([
      t.type({ name: t.string }),
      t.union([t.type({ kind: t.literal('circle'), r: t.number }), t.type({ kind: t.literal('dot') })]),
    ]);
    expect(fits(Shape, { name: 'a', kind: 'circle', r: 1 })).toBe(true);
    expect(fits(Shape, { name: 'a', kind: 'dot' })).toBe(true);
    expect(fits(Shape, { name: 'a', kind: 'circle' })).toBe(false);
    expect(fits(Shape, { kind: 'dot' })).toBe(false);
  });

  it('wants of a field that two parts have what both of them want', () => {
    const Both = t.intersection([
      t.type({ at: t.type({ x: t.number }) }),
      t.type({ at: t.type({ x: t.Int, y: t.number }) }),
    ]);
    expect(fits(Both, { at: { x: 1, y: 1.5 } })).toBe(true);
    expect(fits(Both, { at: { x: 1.5, y: 1 } })).toBe(false);
    expect(fits(Both, { at: { x: 1 } })).toBe(false);
  });

  it('refers to what is recursive, and is an object all the same', () => {
    const schema = jsonSchemaOf(Tree);
    expect(schema).toMatchObject({ type: 'object', $defs: { Tree: { type: 'object' } } });
    expect(schema.properties?.['children']?.items).toEqual({ $ref: '#/$defs/Tree' });
    const tree = { value: 1, children: [{ value: 2, children: [] }] };
    expect([fits(Tree, tree), fits(Tree, { value: 1, children: [{ value: 2 }] })]).toEqual([true, false]);
    expect(fits(t.type({ left: Tree, right: t.union([Tree, t.null]) }), { left: tree, right: null })).toBe(true);
  });

  it('knows recursive codecs of the same name apart, whatever the name', () => {
    const chain = (value: t.Mixed): t.Mixed => {
      const Chain: t.Mixed = t.recursion('a/~b', () => t.type({ value, next: t.union([Chain, t.null]) }));
      return Chain;
    };
    const Both = t.type({ words: chain(t.string), numbers: chain(t.number) });
    expect(Object.keys(jsonSchemaOf(Both).$defs ?? {})).toEqual(['a__b', 'a__b-2']);
    const words = { value: 'a', next: { value: 'b', next: null } };
    expect(fits(Both, { words, numbers: { value: 1, next: null } })).toBe(true);
    expect(fits(Both, { words, numbers: { value: 1, next: words } })).toBe(false);
  });

  const Own = new t.Type('Own', t.string.is, t.string.validate, t.identity);
  it.each<[string, t.Mixed, string]>([
    [
      'a codec of your own',
      t.type({ people: t.array(t.type({ born: Own })) }),
      'people[].born: Own has no JSON schema',
    ],
    ['unknown', t.unknown, 'unknown has no JSON schema'],
    ['any record', t.type({ extra: t.UnknownRecord }), 'extra: UnknownRecord has no JSON schema'],
    ['a function', t.record(t.string, t.Function), '*: Function has no JSON schema'],
    ['nothing', t.tuple([t.undefined]), '[0]: undefined has no JSON schema'],
    ['a bigint', t.partial({ n: t.bigint }), 'n: bigint has no JSON schema'],
    ['nothing of several', t.union([t.undefined, t.void]), '(undefined | void) has no JSON schema'],
    [
      'a list that is also an object',
      t.type({ x: t.intersection([t.array(t.string), t.type({ length: t.number })]) }),
      'x: (Array<string> & { length: number }) has no JSON schema',
    ],
    [
      'a record and something else',
      t.intersection([t.type({ a: t.string }), t.record(t.string, t.string)]),
      '({ a: string } & { [K in string]: string }) has no JSON schema',
    ],
    [
      'one of several that cannot be with the rest',
      t.intersection([t.type({ a: t.string }), t.union([t.type({ b: t.string }), t.record(t.string, t.string)])]),
      '({ a: string } & ({ b: string } | { [K in string]: string })) has no JSON schema',
    ],
    [
      'a field that is two things',
      t.intersection([t.type({ a: t.type({ b: t.string }) }), t.type({ a: t.array(t.string) })]),
      '({ a: { b: string } } & { a: Array<string> }) has no JSON schema',
    ],
    ['keys that are numbers', t.type({ x: t.record(t.number, t.string) }), 'x: number has no JSON schema'],
  ])('is refused with the part that has none: %s', (_, codec, message) => {
    expect(() => jsonSchemaOf(codec)).toThrow(TypeError);
    expect(() => jsonSchemaOf(codec)).toThrow(`jsonSchemaOf: ${message}: `);
  });
});

/** A codec, and values that it takes and that have no other fields. */
interface Case {
  readonly codec: t.Mixed;
  readonly value: fc.Arbitrary<unknown>;
}

const names = ['a', 'b', 'c', 'd'] as const;
const plain: readonly Case[] = [
  { codec: t.string, value: fc.string() },
  { codec: t.number, value: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  { codec: t.Int, value: fc.integer() },
  { codec: t.boolean, value: fc.boolean() },
  { codec: t.null, value: fc.constant(null) },
  { codec: t.literal('x'), value: fc.constant('x') },
  { codec: t.literal(7), value: fc.constant(7) },
  { codec: t.literal(false), value: fc.constant(false) },
  { codec: t.keyof({ x: null, y: null }), value: fc.constantFrom('x', 'y') },
];

const fields = (its: readonly Case[], from: number) => its.map((one, i) => [names[from + i] ?? 'z', one] as const);
const props = (its: ReturnType<typeof fields>): t.Props =>
  Object.fromEntries(its.map(([name, { codec }]) => [name, codec]));
const values = (its: ReturnType<typeof fields>, options: { readonly requiredKeys?: [] } = {}): fc.Arbitrary<object> =>
  fc.record(Object.fromEntries(its.map(([name, { value }]) => [name, value])), options);

const { cases } = fc.letrec<{ cases: Case }>((tie) => {
  const inner = tie('cases');
  const some = fc.array(inner, { minLength: 1, maxLength: 2 });
  return {
    cases: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(...plain),
      inner.map(({ codec, value }) => ({ codec: t.array(codec), value: fc.array(value, { maxLength: 3 }) })),
      inner.map(({ codec, value }) => ({
        codec: t.readonly(t.readonlyArray(codec)),
        value: fc.array(value, { maxLength: 3 }),
      })),
      inner.map(({ codec, value }) => ({
        codec: t.record(t.string, codec),
        value: fc.dictionary(fc.string({ maxLength: 5 }), value, { maxKeys: 3, noNullPrototype: true }),
      })),
      fc.tuple(inner, inner).map(([one, two]) => ({
        codec: t.tuple([one.codec, two.codec]),
        value: fc.tuple(one.value, two.value),
      })),
      fc.tuple(inner, inner).map(([one, two]) => ({
        codec: t.union([one.codec, two.codec]),
        value: fc.oneof(one.value, two.value),
      })),
      some.map((its) => ({ codec: t.type(props(fields(its, 0))), value: values(fields(its, 0)) })),
      some.map((its) => ({ codec: t.exact(t.type(props(fields(its, 0)))), value: values(fields(its, 0)) })),
      some.map((its) => ({
        codec: t.partial(props(fields(its, 0))),
        value: values(fields(its, 0), { requiredKeys: [] }),
      })),
      fc.tuple(some, some).map(([must, may]) => ({
        codec: t.intersection([t.type(props(fields(must, 0))), t.partial(props(fields(may, 2)))]),
        value: fc
          .tuple(values(fields(must, 0)), values(fields(may, 2), { requiredKeys: [] }))
          .map(([one, two]) => ({ ...one, ...two })),
      })),
    ),
  };
});

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const codecAndValue = cases.chain(({ codec, value }) => fc.tuple(fc.constant(codec), value.map(asJson)));

/** The value with something else in one place, or one place less. */
function spoilt(value: unknown, at: number, by: unknown): unknown {
  if (typeof value !== 'object' || value === null) return by;
  const entries = Object.entries(value) as [string, unknown][];
  if (entries.length === 0) return by;
  const place = at % entries.length;
  const changed = entries.flatMap(([key, one], i): [string, unknown][] => {
    if (i !== place) return [[key, one]];
    return at % 5 === 0 ? [] : [[key, spoilt(one, Math.floor(at / 3), by)]];
  });
  return Array.isArray(value) ? changed.map(([, one]) => one) : Object.fromEntries(changed);
}

describe('the laws of jsonSchemaOf', () => {
  it('what a codec takes fits its schema, if it has no other fields', () => {
    fc.assert(
      fc.property(codecAndValue, ([codec, value]) => {
        expect([decodes(codec, value), fits(codec, value)]).toEqual([true, true]);
      }),
      { numRuns: 200 },
    );
  });

  it('what fits its schema is taken by the codec', () => {
    let wrong = 0;
    fc.assert(
      fc.property(codecAndValue, fc.nat(1000), fc.oneof(...plain.map((one) => one.value)), ([codec, value], at, by) => {
        const other = asJson(spoilt(value, at, by));
        if (!decodes(codec, other)) wrong += 1;
        expect(fits(codec, other) && !decodes(codec, other)).toBe(false);
      }),
      { numRuns: 200 },
    );
    expect(wrong).toBeGreaterThan(50); // or nothing was tried
  });
});

describe('what becomes of such a schema on its way', () => {
  const City = t.type({
    name: t.string,
    size: t.keyof({ small: null, large: null }),
    kind: t.literal('city'),
    mayor: t.union([t.string, t.null]),
    streets: t.array(t.type({ name: t.string, lit: t.boolean })),
  });
  const schema = jsonSchemaOf(City);
  const request = {
    messages: [{ role: 'user', content: 'Rome' }],
    response_format: { type: 'json_schema', json_schema: { name: 'city', schema, strict: true } },
  } as const;
  const sent = (provider: Provider): unknown => {
    const call = provider.toCall(request, { stream: false, key: 'k', model: undefined, dropUnsupported: false });
    return call._tag === 'Right' ? (JSON.parse(call.right.body) as unknown) : call.left;
  };

  it('reaches Anthropic and Google whole', () => {
    expect(sent(anthropic({ model: 'claude', apiKey: 'k' }))).toMatchObject({ output_config: { format: { schema } } });
    expect(sent(gemini({ model: 'gemini-2.5-flash', apiKey: 'k' }))).toMatchObject({
      generationConfig: { responseJsonSchema: schema },
    });
  });

  it('has no words that a vendor does not know', () => {
    expect(JSON.stringify(schema)).not.toMatch(/"const"|"allOf"|"oneOf"|"\$ref"/);
  });

  const random = () => 0.4;
  const filled = (codec: t.Mixed): unknown =>
    fillSchema(jsonSchemaOf(codec), { subject: readSubject('Rome is old.', random), random });

  it('is filled by the simulated providers with something that the codec takes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.constant(City),
          cases.map(({ codec }) => codec),
        ),
        (codec) => {
          expect(decodes(codec, filled(codec))).toBe(true);
        },
      ),
    );
  });

  it('is filled to an end where it is recursive', () => {
    const List: t.Mixed = t.recursion('List', () => t.type({ next: t.union([List, t.null]) }));
    expect([Tree, List, t.type({ trees: t.array(Tree) })].map((codec) => decodes(codec, filled(codec)))).toEqual([
      true,
      true,
      true,
    ]);
  });
});
