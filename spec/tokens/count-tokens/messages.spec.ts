import fc from 'fast-check';
import { Tiktoken } from 'js-tiktoken/lite';
import cl100kRanks from 'js-tiktoken/ranks/cl100k_base';
import o200kRanks from 'js-tiktoken/ranks/o200k_base';
import type { ContentPart, Message } from '../../../lib/domain/request';
import { countTokens } from '../../../lib/tokens/count-tokens';
import { corpus } from '../corpus';
import { onlyValue } from '../only-value';
import { counted } from './counted';

/** OpenAI cookbook, "How to count tokens with tiktoken", section 6. */
const cookbook: readonly Message[] = [
  {
    role: 'system',
    content: 'You are a helpful, pattern-following assistant that translates corporate jargon into plain English.',
  },
  { role: 'system', name: 'example_user', content: 'New synergies will help drive top-line growth.' },
  { role: 'system', name: 'example_assistant', content: 'Things working well together will increase revenue.' },
  {
    role: 'system',
    name: 'example_user',
    content: "Let's circle back when we have more bandwidth to touch base on opportunities for increased leverage.",
  },
  {
    role: 'system',
    name: 'example_assistant',
    content: "Let's talk later when we're less busy about how to do better.",
  },
  {
    role: 'user',
    content: "This late pivot means we don't have time to boil the ocean for the client deliverable.",
  },
];

/** Bills of single messages by gpt-3.5 or gpt-4, and by gpt-4o (github.com/pamelafox/openai-messages-token-helper, tests). */
const billed: readonly [message: Message, cl100k: number, o200k: number][] = [
  [{ role: 'system', content: 'You are a bot.' }, 12, 12],
  [{ role: 'system', content: cookbook[0]?.content }, 25, 24],
  [{ role: 'system', content: 'á' }, 8, 8],
  [cookbook[1] ?? { role: 'user' }, 20, 20],
  [{ role: 'user', content: 'Hello, how are you?' }, 13, 13],
  [
    {
      role: 'assistant',
      content: 'Yes, there is a dress code at Contoso Electronics. Look sharp! [employee_handbook-1.pdf]',
    },
    30,
    30,
  ],
];

const other = { 'gpt-4': new Tiktoken(cl100kRanks), 'openai/gpt-5-mini': new Tiktoken(o200kRanks) };

beforeAll(async () => {
  for (const model of ['gpt-4', 'gpt-4o']) await onlyValue(countTokens('', model)); // from here on the encodings are loaded
});

describe('countTokens of messages', () => {
  it.each([
    ['gpt-3.5-turbo', 129],
    ['gpt-4-0613', 129],
    ['gpt-4', 129],
    ['gpt-4o', 124],
    ['openai/gpt-4o-mini', 124],
    ['azure/gpt-35-turbo', 129],
    ['gpt-3.5-turbo-0301', 127],
  ])('has the published count of the cookbook for %s', (model, tokens) => {
    expect(counted({ messages: cookbook }, model)).toBe(tokens);
  });

  it.each(billed)('has what was billed for %j', (message, cl100k, o200k) => {
    expect(counted({ messages: [message] }, 'gpt-4')).toBe(cl100k);
    expect(counted({ messages: [message] }, 'gpt-4o')).toBe(o200k);
  });

  it.each(Object.entries(corpus))('counts %s as another implementation does', (_what, text) => {
    for (const [model, tokenizer] of Object.entries(other)) {
      expect(counted(text, model)).toBe(tokenizer.encode(text, [], []).length + 7);
    }
  });

  it('has a developer for a system, and null, no content and nothing for the same', () => {
    const of = (message: Message) => counted({ messages: [message] }, 'gpt-4o');
    expect(of({ role: 'developer', content: 'Be brief.' })).toBe(of({ role: 'system', content: 'Be brief.' }));
    expect(
      new Set([of({ role: 'user' }), of({ role: 'user', content: null }), of({ role: 'user', content: '' })]),
    ).toEqual(new Set([7]));
  });

  const texts = fc.string({ unit: 'grapheme', maxLength: 60 });
  const messages = fc.array(
    fc.record<Message>({ role: fc.constantFrom('system', 'user', 'assistant'), content: texts }),
    { minLength: 1, maxLength: 5 },
  );

  it('counts text as one user message, and its parts as their texts', () => {
    fc.assert(
      fc.property(texts, texts, (text, more) => {
        const parts = [text, more].map((part) => ({ type: 'text' as const, text: part }));
        const of = (content: Message['content']) => counted({ messages: [{ role: 'user', content }] }, 'gpt-4o');
        expect(of(text)).toBe(counted(text, 'gpt-4o'));
        expect(of(parts)).toBe(of(text) + of(more) - of(''));
      }),
    );
  });

  it('counts a refusal as the text that it is', () => {
    const of = (part: ContentPart) => counted({ messages: [{ role: 'assistant', content: [part] }] }, 'gpt-4o');
    expect(of({ type: 'refusal', refusal: 'I will not tell.' })).toBe(of({ type: 'text', text: 'I will not tell.' }));
  });

  it('never counts less when something is added: a message, words', () => {
    const models = fc.constantFrom(
      'gpt-4',
      'gpt-4o',
      'claude-opus-5',
      'gemini-2.5-flash',
      'groq/llama-3.3-70b-versatile',
    );
    fc.assert(
      fc.property(messages, texts, models, (before, text, model) => {
        const one = counted({ messages: before }, model);
        expect(counted({ messages: [...before, { role: 'user', content: text }] }, model)).toBeGreaterThan(one);
        expect(counted(`${text}. And more`, model)).toBeGreaterThan(counted(`${text}.`, model));
      }),
    );
  });

  it('changes nothing, and reads neither the fields that are not sent nor those that are not counted', () => {
    const request = {
      messages: cookbook,
      model: 'fast',
      metadata: { id: 'x'.repeat(1000) },
      temperature: 1,
      user: 'somebody',
    };
    expect(counted(Object.freeze(request), 'gpt-4o')).toBe(124);
  });
});
