import { answer, type Question } from '../../../lib/testing/simulate/answer';
import { seededRandom } from '../../../lib/testing/simulate/seeded-random';

const question = (prompt: string, more: Partial<Question> = {}): Question => ({
  model: 'm',
  prompt,
  promptTokens: 1,
  choices: 1,
  maxTokens: Infinity,
  tools: [],
  calling: { must: false, single: false },
  results: [],
  thinks: false,
  ...more,
});

const said = (prompt: string, more?: Partial<Question>) => answer(question(prompt, more), seededRandom(4)).text;

describe('answer', () => {
  it('uses the words of the prompt', () => {
    expect(said('Why do herons stand on one leg?')).toMatch(/herons/i);
  });

  it('sums up what follows the instructions, and not the instructions', () => {
    const text = said('Please summarise this terrible review:\nThe mug is perfect. I love the glaze, it is beautiful.');
    expect(text).toMatch(/^[^:]+: (The mug|I love).*\nCategory: \w+\. Sentiment: positive\.$/);
  });

  it.each([
    ['I love it, excellent', 'positive'],
    ['It broke, a terrible waste', 'negative'],
    ['It is a vase', 'neutral'],
    ['Great sound, but it broke', 'mixed'],
  ])('hears the mood of "%s"', (prompt, mood) => {
    const schema = { type: 'object', properties: { sentiment: { type: 'string' } } };
    expect(JSON.parse(said(prompt, { schema }))).toEqual({ sentiment: mood });
  });

  it('answers a prompt without words', () => {
    expect(said('')).toBe('There is too little to go by here: please say more.');
    expect(said('  ?! ', { schema: { type: 'string' } })).toMatch(/^"/);
  });

  it('does not halve a surrogate pair at the token limit', () => {
    const { text, finish } = answer(question('', { schema: { const: '😍😍😍😍' }, maxTokens: 1 }), seededRandom(1));
    expect([text, finish]).toEqual(['"😍', 'length']); // the fourth unit is the first half of the next one
  });

  it('ends a schema that refers to itself', () => {
    const tree: Record<string, unknown> = { type: 'object' };
    tree['properties'] = { child: tree };
    const value = said('x', { schema: tree });
    expect(value.startsWith('{"child":{"child":')).toBe(true);
    expect(value).toContain('null');
  });

  it('follows references', () => {
    const place = { type: 'object', properties: { city: { type: 'string' } } };
    const schema = {
      type: 'object',
      properties: { to: { $ref: '#/$defs/place' }, no: { $ref: '#/x' } },
      $defs: { place },
    };
    expect(JSON.parse(said('the way to Lyon', { schema }))).toEqual({ to: { city: 'Lyon' }, no: null });
  });

  it('keeps numbers within the bounds of the schema, one-sided ones too', () => {
    const schema = {
      type: 'object',
      properties: { low: { type: 'number', minimum: 7 }, high: { type: 'integer', maximum: -3 }, one: { const: 1 } },
    };
    const value = JSON.parse(said('x', { schema })) as Record<string, number>;
    expect(value['low']).toBeGreaterThanOrEqual(7);
    expect(value['high']).toBeLessThanOrEqual(-3);
    expect(value['one']).toBe(1);
  });
});
