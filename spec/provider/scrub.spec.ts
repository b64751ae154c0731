import * as fc from 'fast-check';
import { scrub } from '../../lib/provider/scrub';
import type { Call } from '../../lib/transport/transport';
import { cpuClock } from '../support/cpu-clock';

const key = 'kq7-4f3a91-canary-Zx8';

function callOf(body: unknown, headers: Readonly<Record<string, string>> = {}): Call {
  const all = { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers };
  return { method: 'POST', url: 'http://localhost/v1', headers: all, body: JSON.stringify(body) };
}

const say = (content: unknown) => callOf({ model: 'acme-large-2026-01', messages: [{ role: 'user', content }] });

describe('scrub', () => {
  it('leaves words alone that have nothing to do with the request', () => {
    const text = "Invalid 'temperature': expected a value <= 2, but got 200 instead.";
    expect(scrub(text, say('hello'))).toBe(text);
  });

  it.each([
    ['an echo', "bad: 'What is the capital of France?' (1)", "bad: '…' (1)"],
    ['a piece of 12', 'bad:he capital o!', 'bad:…!'],
    ['a piece of 11, not', 'bad:the capital!', 'bad:the capital!'],
    ['two pieces', 'What is the capi, then tal of France?', '…, then …'],
    ['an echo with escapes', 'input: "What is\\nthe \\u0063apital of"', 'input: "…"'],
    ['an echo over two lines', 'got: What is\n  the capital', 'got: …'],
  ])('hides %s', (_, text, shown) => {
    expect(scrub(text, say('What is the capital of France?'))).toBe(shown);
  });

  it('hides what only its own mark makes an echo', () => {
    const call = callOf({ messages: ['abcdef…ghijkl', 'a secret recipe', 'hello there…'] });
    expect(scrub('so: abcdefa secret recipeghijkl', call)).toBe('so: …');
    expect(scrub(`${'.'.repeat(288)}hello there again`, call)).toBe(`${'.'.repeat(288)}…`);
  });

  it('compares with the request as it stands, too', () => {
    expect(scrub('so: nabcdefghijk', say('\\nabcdefghijk'))).toBe('so: …');
  });

  it('finds strings at every depth, tools and all', () => {
    const call = callOf({
      tools: [{ function: { parameters: { properties: { x: { description: 'a secret recipe' } } } } }],
    });
    expect(scrub('wrong: a secret recipe', call)).toBe('wrong: …');
  });

  it('names fields and the model, without which nothing could be mended', () => {
    const call = callOf({ model: 'acme-large-2026-01', max_completion_tokens: 5, messages: [] });
    const text = 'acme-large-2026-01 does not take max_completion_tokens';
    expect(scrub(text, call)).toBe(text);
  });

  it.each([
    ['the key', `bad key ${key}`],
    ['its beginning', `bad key ${key.slice(0, 6)}`],
    ['its end', `bad key, ending in ${key.slice(-4)}`],
    ['its middle', `bad key ***${key.slice(5, 12)}***`],
  ])('hides %s', (_, text) => {
    expect(scrub(text, say('hi'))).not.toMatch(/kq7|4f3a|canary|Zx8/);
  });

  it('hides a key as short as four characters', () => {
    expect(scrub('no such key: ab12.', callOf({}, { authorization: 'Bearer ab12' }))).toBe('no such key: ….');
  });

  it("hides other headers' values, which may be keys too", () => {
    expect(scrub('tenant acme-internal-42 is unknown', callOf({}, { 'x-tenant': 'acme-internal-42' }))).toBe(
      'tenant … is unknown',
    );
  });

  it.each([
    ['OpenAI', 'sk-proj-AbCdEf0123456789'],
    ['Groq', 'gsk_AbCdEf0123456789'],
    ['Google', 'AIzaSyA0123456789abcdef'],
    ['a JWT', 'eyJhbGciOi.eyJzdWIi.c2ln'],
    ['masked', 'na***ys'],
    ['masked, long', 'sk-abcde*************wxyz'],
    ['shortened', 'sk-ab…yz'],
    ['a header', 'Bearer abcdef'],
  ])("hides somebody else's key: %s", (_, other) => {
    expect(scrub(`the key ${other} is wrong`, undefined)).toMatch(/^the key (?:Bearer )?… is wrong$/);
  });

  it('shows addresses without names and queries', () => {
    expect(scrub('see https://me:pw@go.example.com/a?key=abc#d now', undefined)).toBe(
      'see https://go.example.com/a now',
    );
  });

  it('is one line of at most 300 characters', () => {
    expect(scrub('a\r\n\u001b[31mb\u0000', say('hi'))).toBe('a [31mb');
    const long = scrub('ab '.repeat(2000), say('hi'));
    expect([long.length, long.at(-1)]).toEqual([300, '…']);
  });

  it('does not need the body to be JSON', () => {
    expect(scrub('bad: the quick brown fox', { ...callOf({}), body: 'the quick brown fox' })).toBe('bad: …');
  });

  it('law: no 12 characters in a row of any string of the request survive', () => {
    const words = fc.array(fc.constantFrom('ab', ' ', '…', 'é', '\\n', '\n', '"', '\\', '😀', 'key', '  '), {
      maxLength: 40,
    });
    const text = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      words.map((w) => w.join('')),
    );
    const leaf = fc.oneof(text, fc.jsonValue());
    fc.assert(
      fc.property(fc.array(leaf, { maxLength: 4 }), text, text, fc.nat(60), (leaves, before, after, from) => {
        const call = callOf({ leaves });
        const strings = leavesOf(leaves);
        const echo = strings.map((s) => s.slice(from % (s.length + 1))).join(before);
        const shown = scrub(before + echo + after, call);
        for (const string of strings) {
          for (let i = 0; i + 12 <= string.length; i++) expect(shown).not.toContain(string.slice(i, i + 12));
        }
        expect(shown.length).toBeLessThanOrEqual(300);
      }),
      { numRuns: 1000 },
    );
  });

  it('law: no key survives, whole or in pieces of four', () => {
    const characters = Array.from('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_');
    const keys = fc.string({ unit: fc.constantFrom(...characters), minLength: 4, maxLength: 60 });
    fc.assert(
      fc.property(keys, fc.string(), fc.string(), fc.nat(), fc.nat(), (secret, before, after, from, size) => {
        const start = from % secret.length;
        const text = `${before}${secret}${after} ${secret.slice(start, start + 1 + (size % secret.length))}`;
        const shown = scrub(text, callOf({}, { authorization: `Bearer ${secret}` }));
        for (let i = 0; i + 4 <= secret.length; i++) expect(shown).not.toContain(secret.slice(i, i + 4));
      }),
      { numRuns: 500 },
    );
  });

  it('takes linear time: a megabyte of prompt costs no second', () => {
    const call = say('the same words over and over, '.repeat(35_000));
    const tookMs = cpuClock();
    scrub('the same words over and under '.repeat(60), call);
    expect(tookMs()).toBeLessThan(1000);
  });
});

function leavesOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [];
}
