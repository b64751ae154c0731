import * as t from 'io-ts';
import { explain } from '../../lib/domain/explain';
import { only } from '../../lib/domain/only';
import { maybe, nullable } from '../../lib/domain/optional';

function linesOf(codec: t.Mixed, value: unknown): readonly string[] {
  const decoded = codec.decode(value);
  return decoded._tag === 'Left' ? explain(decoded.left) : [];
}

const User = t.intersection(
  [t.type({ name: t.string }), t.partial({ age: t.number, tags: t.array(t.string) })],
  'User',
);
const Pet = t.union([t.type({ meows: t.boolean }), t.type({ barks: t.boolean })], 'a pet');

describe('explain', () => {
  it.each<[string, t.Mixed, unknown, readonly string[]]>([
    ['a value itself', t.number, 'five', ['expected number, got a string']],
    ['a field', t.type({ a: t.type({ b: t.number }) }), { a: { b: true } }, ['a.b: expected number, got true']],
    [
      'an element',
      t.type({ list: t.array(t.number) }),
      { list: [1, '2', 3, null] },
      ['list[1]: expected number, got a string', 'list[3]: expected number, got null'],
    ],
    [
      'an element of an element',
      t.array(t.array(t.number)),
      [[1], [2, undefined]],
      ['[1][1]: expected number, got undefined'],
    ],
    [
      'a field of an intersection',
      t.type({ user: User }),
      { user: { name: 1, age: 'x' } },
      ['user.name: expected string, got 1', 'user.age: expected number, got a string'],
    ],
    ['an intersection, once', t.type({ user: User }), { user: 5 }, ['user: expected User, got 5']],
    ['an intersection itself', User, null, ['expected User, got null']],
    [
      'an intersection in an intersection',
      t.intersection([User, t.type({ id: t.number })], 'Member'),
      [],
      ['expected Member, got an empty array'],
    ],
    [
      'a union, once, by its name',
      t.type({ pet: Pet }),
      { pet: { meows: 'loud' } },
      ['pet: expected a pet, got an object'],
    ],
    ['a union in an array', t.array(Pet), [{ barks: true }, 7], ['[1]: expected a pet, got 7']],
    ['an optional union', t.type({ pet: maybe(Pet) }), { pet: 7 }, ['pet: expected a pet, got 7']],
    [
      'an optional intersection',
      t.type({ user: nullable(User) }),
      { user: { name: null } },
      ['user.name: expected string, got null'],
    ],
    [
      'a refined union',
      t.type({ pet: t.refinement(Pet, () => true, 'my pet') }),
      { pet: 7 },
      ['pet: expected my pet, got 7'],
    ],
    [
      'a refined intersection',
      t.type({ user: t.refinement(User, () => true, 'me') }),
      { user: { name: 5 } },
      ['user.name: expected string, got 5'],
    ],
    [
      'an unknown field',
      t.type({ options: only({ a: t.number }, t.partial({ a: t.number }, 'options')) }),
      { options: { b: 1 } },
      ['options.b: no such field; known are a'],
    ],
  ])('names %s', (_, codec, value, lines) => {
    expect(linesOf(codec, value)).toEqual(lines);
  });

  it.each<[unknown, string]>([
    ['a secret', 'a string'],
    ['', 'an empty string'],
    [5n, 'a bigint'],
    [Symbol('secret'), 'a symbol'],
    [() => 'secret', 'a function'],
    [new Date(0), 'an object'],
    [['secret'], 'an array'],
    [-0.5, '-0.5'],
    [NaN, 'NaN'],
    [undefined, 'undefined'],
  ])('shows %p as %s', (value, shown) => {
    expect(linesOf(t.type({ x: t.literal('x') }), { x: value })).toEqual([`x: expected "x", got ${shown}`]);
  });

  it('cuts a long name of a field', () => {
    const [line] = linesOf(t.record(t.string, t.number), { ['k'.repeat(1000)]: 'x' });
    expect(line).toBe(`${'k'.repeat(40)}…: expected number, got a string`);
  });
});
