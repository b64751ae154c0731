import { isRight, left, right } from 'fp-ts/Either';
import * as fc from 'fast-check';
import { parseJson } from '../../lib/transport/parse-json';
import { cpuClock } from '../support/cpu-clock';

const parse = (text: string, jsonDepth = 200) => parseJson(text, { jsonDepth });
const problem = (text: string, jsonDepth?: number) => {
  const parsed = parse(text, jsonDepth);
  return isRight(parsed) ? undefined : parsed.left.kind;
};

describe('parseJson', () => {
  it('gives what JSON.parse gives, for whatever JSON.stringify wrote', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!/__proto__|constructor/.test(text));
        expect(parse(text)).toEqual(right(JSON.parse(text)));
      }),
    );
  });

  it.each(['', ' \n\t', '\uFEFF', '\uFEFF  '])('calls %j empty', (text) => {
    expect(parse(text)).toEqual(left({ kind: 'empty', text }));
  });

  it.each(['{', '{"a":1', 'null,', '<!doctype html><p>Bad gateway', 'OK', "{'a':1}", '{"a":1}{"b":2}', 'NaN'])(
    'calls %j not JSON',
    (text) => {
      expect(parse(text)).toEqual(left({ kind: 'not-json', text }));
    },
  );

  it('skips one byte order mark', () => {
    expect(parse('\uFEFF{"a":1}')).toEqual(right({ a: 1 }));
  });

  it.each([
    ['[[[1]]]', 3, undefined],
    ['[[[1]]]', 2, 'too-deep'],
    ['{"a":{"b":{}}}', 3, undefined],
    ['{"a":{"b":{}}}', 2, 'too-deep'],
    ['[[],[],[],[],[]]', 2, undefined],
    ['["[[[[[[{{{{{{"]', 1, undefined],
    ['["\\"[[[[","\\\\",[]]', 2, undefined],
    ['["\\"[[[[","\\\\",[]]', 1, 'too-deep'],
  ])('counts the levels of %s: at most %d', (text, depth, expected) => {
    expect(problem(text, depth)).toBe(expected);
  });

  it.each(['[', '{"a":', '[{"a":'])('refuses a hundred thousand times %s in less than 100 ms', (opening) => {
    const text = opening.repeat(100_000);
    const tookMs = cpuClock();
    expect(problem(text)).toBe('too-deep');
    expect(tookMs()).toBeLessThan(100);
  });

  it.each([
    '{"__proto__":{"x":1}}',
    '[{"a":[{"__proto__":1}]}]',
    '{"\\u005f_proto__":{"x":1}}',
    '{"\\u005F\\u005fproto\\u005f_":1}',
    '{"__pr\\u006fto__":1}',
    '{"constructor":{"prototype":{"x":1}}}',
    '{"a":{"constructor":{"b":1,"prototype":null}}}',
    '{"c\\u006Fnstructor":{"prot\\u006ftype":{}}}',
  ])('refuses %s', (text) => {
    expect(problem(text)).toBe('forbidden-key');
    expect(({} as { readonly x?: unknown }).x).toBeUndefined();
  });

  it.each([
    '{"content":"use __proto__ and constructor.prototype"}',
    '{"constructor":"Foo"}',
    '{"constructor":{"name":"Foo"}}',
    '{"prototype":{"constructor":1}}',
    '{"content":"caf\\u00e9 \\u0041"}',
  ])('lets %s pass', (text) => {
    expect(parse(text)).toEqual(right(JSON.parse(text)));
  });

  it('does not crash on strange numbers and lone surrogates', () => {
    expect(parse('{"a":1e400,"b":-0,"c":9007199254740993,"d":"\\ud800","e":"\uD800"}')).toEqual(
      right({ a: Infinity, b: -0, c: 9007199254740992, d: '\uD800', e: '\uD800' }),
    );
  });
});
