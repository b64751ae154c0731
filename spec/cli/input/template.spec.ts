import { left, right } from 'fp-ts/Either';
import { field, template } from '../../../lib/cli/input/template';

describe('template', () => {
  it.each([
    ['{a}', 'x'],
    ['Say {a} and {a}!', 'Say x and x!'],
    ['{ a }', 'x'],
    ['{{{a}}}', '{x}'],
    ['{{a}} {a}', '{a} x'],
    ['{n} {yes} {list.1} {deep}', '1.5 true c {"e":null}'],
  ])('makes of %s the prompt %s', (text, prompt) => {
    const made = template(text)({ a: 'x', n: 1.5, yes: true, list: ['b', 'c'], deep: { e: null } });
    expect(made).toEqual(right(prompt));
  });

  it('takes a brace of JSON for that of a field, and says how that ends', () => {
    expect(template('As {"a": {a}}')({ a: 'x' })).toEqual(right('As {"a": x}'));
    expect(template('As { "b": 1 }: {a}')({ a: 'x' })).toEqual(left('it has no field "b": 1; its fields are a'));
    expect(template('As {{ "b": 1 }}: {a}')({ a: 'x' })).toEqual(right('As { "b": 1 }: x'));
  });

  it.each(['', 'no fields', '{{a}}', '{}', '{ }'])('wants a field in %j', (text) => {
    expect(() => template(text)).toThrow('--template names no field: write one as {name}, e.g. "Summarise: {text}"');
  });

  it('fills in what a record has itself, and nothing of what objects have', () => {
    expect(template('{constructor}')({ a: 1 })).toEqual(left('it has no field constructor; its fields are a'));
    expect(template('{a.length}')({ a: 'text' })).toEqual(left('it has no field a.length; its fields are a'));
    expect(template('{a}')({ a: '{b} $1 $&', b: 'no' })).toEqual(right('{b} $1 $&'));
  });

  it('makes no prompt of nothing', () => {
    expect(template('{a}')({ a: null })).toEqual(left('its field a is null'));
    expect(template('{a.b}')({ a: { b: null } })).toEqual(left('its field a.b is null'));
    expect(template('{a}')({})).toEqual(left('it has no field a; its fields are none'));
  });
});

describe('field', () => {
  it('is the text of a field, or the JSON of what is no text', () => {
    const record = { a: 'x', 'b.c': 'dotted', b: { c: 'deep', d: [1] } };
    expect(['a', 'b.c', 'b.d', 'b'].map((name) => field(name)(record))).toEqual([
      right('x'),
      right('dotted'),
      right('[1]'),
      right('{"c":"deep","d":[1]}'),
    ]);
  });

  it('says what a record has in its place', () => {
    expect(field('text')({ id: 1, body: 'x' })).toEqual(left('it has no field text; its fields are id, body'));
    expect(field('text')({ text: null })).toEqual(left('its field text is null'));
  });

  it.each(['', '  ', '\n'])('makes no prompt of %j, but a template may have it beside other words', (text) => {
    expect(field('text')({ text })).toEqual(left('its field text is empty'));
    expect(template('As {text}')({ text })).toEqual(right(`As ${text}`));
  });
});
