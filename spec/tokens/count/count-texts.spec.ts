import fc from 'fast-check';
import { setImmediate } from 'node:timers/promises';
import { TestScheduler } from 'rxjs/testing';
import { countTexts } from '../../../lib/tokens/count/count-texts';
import { encoding } from '../../../lib/tokens/encoding';
import { corpus } from '../corpus';
import { onlyValue } from '../only-value';

const english = `${corpus['English'] ?? ''} `;
const chinese = '清晨的市场里挤满了买鱼的人海风带着咸味价格三十五元';
const [byLength, tokensOf] = [
  (text: string) => text.length,
  (name: 'o200k_base' | 'cl100k_base') => onlyValue(encoding(name)),
];

/** Runs that are one piece to the pre-tokenizers, however long: merging them takes the square of their length. */
const monsters: Readonly<Record<string, string>> = {
  letters: 'a'.repeat(1_000_000),
  'letters of all sorts': Array.from({ length: 200_000 }, (_, i) => 'etaoinshrdlucmfw'[(i * i * 7 + i) % 16]).join(''),
  'Chinese without a stop': chinese.repeat(2000),
  'an emoji family': '👩‍👩‍👧‍👦'.repeat(10_000),
  'new lines': '\n'.repeat(1_000_000),
  spaces: ' '.repeat(1_000_000),
  digits: '1234567890'.repeat(100_000),
  rules: '='.repeat(1_000_000),
  'half of a pair': '\ud83d'.repeat(100_000),
};

describe('countTexts', () => {
  it('gives one number at once when the texts are short, 0 for none', () => {
    const seen: unknown[] = [];
    const observer = { next: (tokens: number) => seen.push(tokens), complete: () => seen.push('complete') };
    countTexts(['ab', '', 'cde'], byLength).subscribe(observer);
    countTexts([], byLength).subscribe(observer);
    countTexts(['', ''], byLength).subscribe(observer);
    expect(seen).toEqual([5, 'complete', 0, 'complete', 0, 'complete']);
  });

  it.each(['o200k_base', 'cl100k_base'] as const)('counts in slices what it counts at once, %s', async (name) => {
    const { count } = await tokensOf(name);
    const long = Object.values(corpus).join('\n').repeat(20);
    expect(await onlyValue(countTexts([long, english], count))).toBe(count(long) + count(english));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...Object.values(corpus)), { maxLength: 120, size: 'max' }),
        async (texts) => {
          const text = texts.join(' ');
          expect(await onlyValue(countTexts([text], count))).toBe(count(text));
        },
      ),
      { numRuns: 30 },
    );
  });

  it.each(Object.entries(monsters))('takes %s in slices that end, and that are short', async (_what, text) => {
    const slices: string[] = [];
    const length = await onlyValue(countTexts([text], (slice) => slices.push(slice) && slice.length));
    expect(length).toBe(text.length);
    expect(slices.join('')).toBe(text);
    expect(Math.max(...slices.map((slice) => slice.length))).toBeLessThanOrEqual(513); // a pair stays together
    expect(slices.map((slice) => Buffer.from(slice).toString()).join('')).toBe(Buffer.from(text).toString());
  });

  it.each(['letters of all sorts', 'Chinese without a stop', 'an emoji family'])(
    'is less than 1 %% off where it must cut a run: %s',
    async (what) => {
      const { count } = await tokensOf('o200k_base');
      const run = Array.from(monsters[what] ?? '')
        .slice(0, 3000)
        .join(''); // one run is as exact as can be waited for
      const tokens = await onlyValue(countTexts([run], count));
      expect(Math.abs(tokens / count(run) - 1)).toBeLessThan(0.01);
    },
  );

  it.each([
    ['words', english.repeat(5000), 5],
    ['what is in no vocabulary', english.repeat(2000), 2],
    ['a run without a cut', monsters['letters of all sorts'] ?? '', 2],
  ])('lets the event loop turn after some 2 000 tokens and a slice: %s', async (_what, text, charactersAToken) => {
    const turns = [0];
    const counts: number[] = [];
    countTexts([text], (slice) => {
      const tokens = Math.ceil(slice.length / charactersAToken);
      turns.push((turns.pop() ?? 0) + tokens);
      return tokens;
    }).subscribe((tokens) => counts.push(tokens));
    while (counts.length === 0) {
      await setImmediate();
      if (turns.at(-1) !== 0) turns.push(0);
    }
    expect(counts[0]).toBeGreaterThanOrEqual(text.length / charactersAToken);
    expect(Math.max(...turns)).toBeLessThan(2048 + 1100);
    expect(turns.length).toBeGreaterThan(text.length / charactersAToken / 3200);
  });

  it('counts few long runs a turn, for each takes the square of its length', async () => {
    const run = chinese.repeat(20).slice(0, 500);
    const turns: string[][] = [[]];
    const counts: number[] = [];
    countTexts([`${run} `.repeat(100)], (slice) => {
      turns.at(-1)?.push(slice);
      return 1;
    }).subscribe((tokens) => counts.push(tokens));
    while (counts.length === 0) {
      await setImmediate();
      turns.push([]);
    }
    expect(Math.max(...turns.flat().map(({ length }) => length))).toBeLessThanOrEqual(run.length + 1);
    expect(Math.max(...turns.map(({ length }) => length))).toBeLessThanOrEqual(3);
  });

  it('stops when it is unsubscribed from, and counts nothing before it is subscribed to', async () => {
    let calls = 0;
    const tokens$ = countTexts([english.repeat(5000)], (slice) => {
      calls++;
      return slice.length;
    });
    expect(calls).toBe(0);
    const subscription = tokens$.subscribe();
    const atOnce = calls;
    subscription.unsubscribe();
    for (let turn = 0; turn < 20; turn++) await setImmediate();
    expect(atOnce).toBeGreaterThan(0);
    expect(calls).toBe(atOnce);
  });

  it('runs on virtual time, and errors with what counting throws', () => {
    const scheduler = new TestScheduler((actual, expected) => {
      expect(actual).toEqual(expected);
    });
    scheduler.run(({ expectObservable }) => {
      const text = english.repeat(5000);
      expectObservable(countTexts([text], byLength)).toBe('(a|)', { a: text.length });
      let calls = 0;
      const failing = countTexts([text], () => {
        if (++calls === 10) throw new RangeError('no more');
        return 1;
      });
      expectObservable(failing).toBe('#', undefined, new RangeError('no more'));
    });
  });
});
