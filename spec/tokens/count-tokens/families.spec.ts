import type { CompletionRequest } from '../../../lib/domain/request';
import { familyOf } from '../../../lib/tokens/count/family-of';
import { tokenFamilies } from '../../../lib/tokens/count/token-families';
import { unknownFamily } from '../../../lib/tokens/count/unknown-family';
import { countTokens } from '../../../lib/tokens/count-tokens';
import { onlyValue } from '../only-value';
import { counted } from './counted';

const [gpt4o, gpt4, old, since47, until46, gemini, llama, qwen, deepseek, mistral, grok] = [
  ...['GPT-4o and later', 'GPT-4 and GPT-3.5', 'GPT-3.5 of March 2023', 'Claude 4.7 and later', 'Claude up to 4.6'],
  ...['Gemini and Gemma', 'Llama 3 and 4', 'Qwen', 'DeepSeek', 'Mistral', 'Grok'],
];

beforeAll(async () => {
  for (const model of ['gpt-4', 'gpt-4o']) await onlyValue(countTokens('', model));
});

describe('the family of a model', () => {
  it.each([
    ['openai/gpt-5-mini', gpt4o],
    ['gpt-4o-2024-08-06', gpt4o],
    ['chatgpt-4o-latest', gpt4o],
    ['openai/o3-mini', gpt4o],
    ['groq/openai/gpt-oss-120b', gpt4o],
    ['ft:gpt-4o-mini-2024-07-18:acme::abc123', gpt4o],
    ['openai/gpt-9', gpt4o],
    ['azure/our-deployment', gpt4o],
    ['azureOpenAI/our-deployment', gpt4o],
    ['gpt-4-turbo', gpt4],
    ['openai/gpt-4', gpt4],
    ['ft:gpt-3.5-turbo:acme::abc123', gpt4],
    ['gpt-35-turbo', gpt4],
    ['gpt-3.5-turbo-0301', old],
    ['anthropic/claude-opus-5', since47],
    ['openRouter/anthropic/claude-opus-4.8', since47],
    ['claude-mythos-preview', since47],
    ['anthropic/whatever-comes', since47],
    ['claude-sonnet-4-20250514', until46],
    ['anthropic/claude-haiku-4-5-20251001', until46],
    ['bedrock/us.anthropic.claude-3-5-sonnet-20241022-v2:0', until46],
    ['openrouter/anthropic/claude-sonnet-4', until46],
    ['claude-2.1', until46],
    ['claude-instant-1.2', until46],
    ['gemini/gemini-2.5-flash', gemini],
    ['vertex_ai/gemini-3-pro', gemini],
    ['ollama/gemma3:4b', gemini],
    ['groq/llama-3.3-70b-versatile', llama],
    ['together/meta-llama/Llama-4-Scout-17B-16E-Instruct', llama],
    ['fireworks/accounts/fireworks/models/llama-v3p1-8b-instruct', llama],
    ['bedrock/meta.llama3-70b-instruct-v1:0', llama],
    ['bedrock/us.meta.llama3-3-70b-instruct-v1:0', llama],
    ['bedrock/eu.mistral.pixtral-large-2502-v1:0', mistral],
    ['openRouter/qwen/qwen3-235b-a22b', qwen],
    ['groq/deepseek-r1-distill-llama-70b', deepseek],
    ['deepseek/deepseek-chat', deepseek],
    ['mistral/codestral-latest', mistral],
    ['mistral/mistral-large-latest', mistral],
    ['vertex_ai/mistral/whatever-comes', mistral],
    ['xai/grok-4', grok],
    ['lmStudio/some-model', unknownFamily.name],
    ['fast', unknownFamily.name],
  ])('%s is one of %s', (model, name) => {
    expect(familyOf(model).family.name).toBe(name);
    expect(familyOf(model.toUpperCase()).family.name).toBe(name);
  });
});

describe('tokenFamilies', () => {
  it('says of each how good it is and where that comes from, and has each name once', () => {
    const names = tokenFamilies.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { error, source, factor } of [...tokenFamilies, unknownFamily]) {
      expect([error, source]).toEqual([expect.stringMatching(/\S.*\.$/), expect.stringMatching(/\S.*\.$/)]);
      expect(factor).toBeGreaterThanOrEqual(1);
    }
  });

  it('counts by OpenAI what is not known', () => {
    for (const model of ['fast', 'lmStudio/some-model']) expect(counted('Hello, how are you?', model)).toBe(13);
  });
});

/** Published counts of vendors without a tokenizer that could be had, and how near an estimate has to come. */
const published: readonly [what: string, model: string, request: CompletionRequest, tokens: number, within: number][] =
  [
    // Anthropic, "Token counting". Its figures are older than the models that it names, so that they are asked of those of their time.
    [
      'Anthropic, a message',
      'claude-3-5-sonnet-20241022',
      {
        messages: [
          { role: 'system', content: 'You are a scientist' },
          { role: 'user', content: 'Hello, Claude' },
        ],
      },
      14,
      0.1,
    ],
    [
      'Anthropic, a tool',
      'claude-3-5-sonnet-20241022',
      {
        messages: [{ role: 'user', content: "What's the weather like in San Francisco?" }],
        tools: [
          {
            type: 'function',
            function: {
              name: 'get_weather',
              description: 'Get the current weather in a given location',
              parameters: {
                type: 'object',
                properties: { location: { type: 'string', description: 'The city and state, e.g. San Francisco, CA' } },
                required: ['location'],
              },
            },
          },
        ],
      },
      403,
      0.1,
    ],
    [
      'Anthropic, thinking',
      'claude-3-7-sonnet-20250219',
      {
        messages: [
          { role: 'user', content: 'Are there an infinite number of prime numbers such that n mod 4 == 3?' },
          {
            role: 'assistant',
            reasoning: "This is a nice number theory question. Let's think about it step by step...",
            content: 'Yes, there are infinitely many prime numbers p such that p mod 4 = 3...',
          },
          { role: 'user', content: 'Can you write a formal proof?' },
        ],
      },
      88,
      0.1,
    ],
    // Google, "Understand and count tokens": the prompt tokens of the usage, which are one more a message than its countTokens says.
    [
      'Google, a text',
      'gemini/gemini-1.5-flash',
      { messages: [{ role: 'user', content: 'The quick brown fox jumps over the lazy dog.' }] },
      11,
      0.1,
    ],
    [
      'Google, a system instruction',
      'gemini/gemini-1.5-flash',
      {
        messages: [
          { role: 'system', content: 'You are a cat. Your name is Neko.' },
          { role: 'user', content: 'The quick brown fox jumps over the lazy dog.' },
        ],
      },
      22,
      0.1,
    ],
    [
      'Google, a chat',
      'gemini/gemini-1.5-flash',
      {
        messages: [
          { role: 'user', content: 'Hi my name is Bob' },
          { role: 'assistant', content: 'Hi Bob!' },
          { role: 'user', content: 'In one sentence, explain how a computer works to a young child.' },
        ],
      },
      25,
      0.1,
    ],
    [
      'Google, a picture',
      'gemini/gemini-1.5-flash',
      {
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'Tell me about this image' },
              { type: 'image_url', image_url: { url: 'https://example.invalid/organ.jpg' } },
            ],
          },
        ],
      },
      264,
      0.01,
    ],
    [
      'Google, four functions',
      'gemini/gemini-1.5-flash',
      {
        messages: [
          { role: 'user', content: 'I have 57 cats, each owns 44 mittens, how many mittens is that in total?' },
        ],
        tools: Object.entries({ add: '+', subtract: '-', multiply: '*', divide: '/' }).map(([name, sign]) => ({
          type: 'function',
          function: {
            name,
            description: `returns a ${sign} b.`,
            parameters: {
              type: 'object',
              properties: { a: { type: 'number' }, b: { type: 'number' } },
              required: ['a', 'b'],
            },
          },
        })),
      },
      207,
      0.1,
    ],
  ];

describe('countTokens of other vendors', () => {
  it.each(published)('is as near as it says to what is published: %s', (_what, model, request, tokens, within) => {
    expect(Math.abs(counted(request, model) / tokens - 1)).toBeLessThanOrEqual(within);
  });

  it("adds what Anthropic's models add for tools, by model and by what must be called", () => {
    const tools: CompletionRequest['tools'] = [{ type: 'function', function: { name: 'f' } }];
    const messages: CompletionRequest['messages'] = [{ role: 'user', content: 'hello' }];
    const extra = (model: string, choice?: CompletionRequest['tool_choice']) =>
      counted({ messages, tools, tool_choice: choice }, model) - counted('hello', model);
    for (const [model, auto, any] of [
      ['claude-opus-5', 286, 406],
      ['claude-opus-4-7', 675, 804],
      ['claude-sonnet-4-6', 497, 589],
      ['claude-haiku-4-5-20251001', 496, 588],
      ['claude-opus-4-20250514', 313, 315],
      ['claude-sonnet-5', 354, 474],
      ['claude-3-haiku-20240307', 264, 340],
    ] as const) {
      const json = extra(model) - auto; // the tool itself
      expect(json).toBeGreaterThan(3);
      expect(json).toBeLessThan(15);
      expect(extra(model, 'none')).toBe(extra(model));
      expect(extra(model, 'required') - extra(model)).toBe(any - auto);
      expect(extra(model, { type: 'function', function: { name: 'f' } }) - extra(model)).toBe(any - auto);
    }
  });
});
