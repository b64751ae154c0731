import { inspect } from 'node:util';
import fc from 'fast-check';
import { EMPTY } from 'rxjs';
import { decodeRequest } from '../../lib/domain/decode-request';
import type { CompletionError } from '../../lib/domain/error';

const user = { role: 'user', content: 'hello' };
const messages = [user];

function errorOf(item: unknown): CompletionError {
  const decoded = decodeRequest(item);
  if (decoded._tag === 'Right') throw new Error('expected a refusal');
  return decoded.left;
}

/** What the error says, without its first words. */
function problemsOf(item: unknown): string {
  const { _tag, message } = errorOf(item);
  expect(_tag).toBe('BadRequest');
  const [, problems] = /^the request is malformed, so it was not sent: (.+)$/.exec(message) ?? [];
  return problems ?? message;
}

describe('decodeRequest', () => {
  it('makes a string one user message', () => {
    expect(decodeRequest('Name a red fruit')).toEqual({
      _tag: 'Right',
      right: { messages: [{ role: 'user', content: 'Name a red fruit' }] },
    });
  });

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['the least', { messages }],
    [
      'every field',
      {
        model: 'fast',
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'developer', content: 'Be kind.', name: 'dev' },
          {
            role: 'user',
            content: [
              { type: 'text', text: 'What is it?' },
              { type: 'image_url', image_url: { url: 'data:,' } },
            ],
          },
          {
            role: 'assistant',
            content: null,
            tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{' } }],
          },
          { role: 'tool', tool_call_id: 'c', content: '5' },
          {
            role: 'user',
            content: [{ type: 'input_audio', input_audio: {} }, { type: 'file', file: {} }, { type: 'refusal' }],
          },
        ],
        temperature: 0.5,
        top_p: 1,
        max_tokens: 10,
        max_completion_tokens: 10,
        n: 2,
        stop: ['a', 'b'],
        seed: -5,
        frequency_penalty: -2,
        presence_penalty: 2,
        logit_bias: { 50256: -100 },
        logprobs: true,
        top_logprobs: 0,
        tools: [
          {
            type: 'function',
            function: { name: 'f', description: 'does', parameters: { type: 'object' }, strict: null },
          },
        ],
        tool_choice: 'auto',
        parallel_tool_calls: false,
        response_format: { type: 'json_schema', json_schema: {} },
        reasoning_effort: 'low',
        user: 'u',
        stream: false,
        stream_options: { include_usage: true, include_obfuscation: false },
        metadata: 5,
        routing: {
          timeouts: { totalMs: Infinity, attemptMs: 1, queueMs: 0.5 },
          maxRetries: 0,
          priority: 0,
          until: EMPTY,
        },
      },
    ],
    ['fields that nobody knows, as they are', { messages, top_k: 5, vendor_field: { deep: [1] } }],
    [
      'what is absent',
      { messages, model: undefined, temperature: undefined, routing: undefined, num_retries: undefined },
    ],
    ['null, as vendors have it for what is absent', { messages, temperature: null, stop: null, stream_options: null }],
  ])('takes %s, and gives the very object', (_, request) => {
    const decoded = decodeRequest(request);
    expect(decoded).toMatchObject({ _tag: 'Right' });
    expect(decoded).toHaveProperty('right', request);
    expect(decoded._tag === 'Right' && decoded.right === (request as unknown)).toBe(true);
  });

  it.each([['a text'], [5], [null], [NaN], [Symbol('s')], [[1, 2]], [new Map()]])(
    'takes metadata of any kind: %p',
    (metadata) => {
      const request = { messages, metadata };
      const decoded = decodeRequest(request);
      expect(decoded._tag === 'Right' && decoded.right === (request as unknown)).toBe(true);
    },
  );

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'expected CompletionRequest, got undefined'],
    ['null', null, 'expected CompletionRequest, got null'],
    ['a number', 5, 'expected CompletionRequest, got 5'],
    ['an array', ['a'], 'expected CompletionRequest, got an array'],
    ['no messages', {}, 'messages: expected at least one message, got undefined'],
    ['messages that are none', { messages: 'hello' }, 'messages: expected at least one message, got a string'],
    ['an empty conversation', { messages: [] }, 'messages: expected at least one message, got an empty array'],
    ['a message that is none', { messages: [user, null] }, 'messages[1]: expected a message, got null'],
    [
      'an unknown role',
      { messages: [{ role: 'bot', content: '' }] },
      'messages[0].role: expected one of system, developer, user, assistant, tool, got a string',
    ],
    [
      'content that is none',
      { messages: [{ role: 'user', content: 5 }] },
      'messages[0].content: expected text or content parts, got 5',
    ],
    [
      'a part without its text',
      { messages: [{ role: 'user', content: [{ type: 'text', text: 5 }] }] },
      'messages[0].content[0].text: expected string, got 5',
    ],
    [
      'a part without its url',
      { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: 'data:,' }] }] },
      'messages[0].content[0].image_url: expected an image, got a string',
    ],
    [
      'a part of no kind',
      { messages: [{ role: 'user', content: [{ type: 'texts' }] }] },
      'messages[0].content[0].type: expected one of text, image_url, input_audio, file, refusal, got a string',
    ],
    [
      'a tool call without arguments',
      { messages: [{ role: 'assistant', tool_calls: [{ id: 'c', type: 'function', function: { name: 'f' } }] }] },
      'messages[0].tool_calls[0].function.arguments: expected string, got undefined',
    ],
    ['NaN', { messages, temperature: NaN }, 'temperature: expected a finite number, got NaN'],
    ['Infinity', { messages, max_tokens: Infinity }, 'max_tokens: expected a whole number from 1, got Infinity'],
    ['half a token', { messages, max_tokens: 0.5 }, 'max_tokens: expected a whole number from 1, got 0.5'],
    ['a number as text', { messages, temperature: '0.5' }, 'temperature: expected a finite number, got a string'],
    ['a stop that is none', { messages, stop: ['a', 5] }, 'stop[1]: expected string, got 5'],
    ['a bias that is none', { messages, logit_bias: { 7: NaN } }, 'logit_bias[7]: expected a finite number, got NaN'],
    [
      'a tool without a name',
      { messages, tools: [{ type: 'function', function: {} }] },
      'tools[0].function.name: expected string, got undefined',
    ],
    [
      'a tool choice that is none',
      { messages, tool_choice: 5 },
      'tool_choice: expected none, auto, required or a tool, got 5',
    ],
    [
      'a format that is none',
      { messages, response_format: 'json' },
      'response_format: expected a response format, got a string',
    ],
    ['a format of no type', { messages, response_format: {} }, 'response_format.type: expected string, got undefined'],
    [
      'a typo in routing',
      { messages, routing: { maxRetry: 1 } },
      'routing.maxRetry: no such field, did you mean maxRetries; known are timeouts, maxRetries, fallbacks, priority, tags, deployment, dedupe, until',
    ],
    [
      'a name that every object has, in routing',
      { messages, routing: { toString: 1 } },
      'routing.toString: no such field; known are timeouts, maxRetries, fallbacks, priority, tags, deployment, dedupe, until',
    ],
    [
      'a clock that is none',
      { messages, routing: { timeouts: { totalMs: 0 } } },
      'routing.timeouts.totalMs: expected a number of ms above 0, got 0',
    ],
    [
      'an until that is none',
      { messages, routing: { until: 'now' } },
      'routing.until: expected an Observable, a promise or an iterable, got a string',
    ],
    ['an array as routing', { messages, routing: ['a', 'b'] }, 'routing: expected routing, got an array'],
    ['a stream that is no yes or no', { messages, stream: 'yes' }, 'stream: expected boolean, got a string'],
    [
      'options of a stream that are none',
      { messages, stream_options: 'usage' },
      'stream_options: expected options of a stream, got a string',
    ],
    [
      'a wish for usage that is no yes or no',
      { messages, stream_options: { include_usage: 1 } },
      'stream_options.include_usage: expected boolean, got 1',
    ],
  ])('refuses %s, by its path', (_, item, problem) => {
    expect(problemsOf(item)).toBe(problem);
  });

  const cycle: Record<string, unknown> = {};
  cycle['self'] = cycle;

  it.each<[string, () => unknown]>([
    ['a cycle', () => cycle],
    ['a bigint', () => 7n],
    [
      'a getter that throws',
      () => ({
        get text(): string {
          throw new Error('canary-7f3a');
        },
      }),
    ],
    [
      'a toJSON that throws',
      () => ({
        toJSON: () => {
          throw new Error('canary-7f3a');
        },
      }),
    ],
  ])('refuses %s, which JSON cannot say, by its field, and takes it as metadata', (_, value) => {
    const content = [{ type: 'file', file: { data: value() } }];
    const tools = [{ type: 'function', function: { name: 'f', parameters: { default: value() } } }];
    const said = 'cannot be written as JSON';
    expect(problemsOf({ messages: [{ role: 'user', content }] })).toBe(`messages: ${said}`);
    expect(problemsOf({ messages, tools })).toBe(`tools: ${said}`);
    expect(problemsOf({ messages, seed: 1, vendor_field: value() })).toBe(`vendor_field: ${said}`);
    expect(decodeRequest({ messages, metadata: value() })).toMatchObject({ _tag: 'Right' });
  });

  it('refuses a field that cannot even be read, metadata or not', () => {
    const request = {
      messages,
      get metadata(): string {
        throw new Error('canary-7f3a');
      },
    };
    expect(problemsOf(request)).toBe('metadata: cannot be written as JSON');
  });

  it('takes a bigint that says how it is written', () => {
    const id = Object.assign(Object(7n) as object, { toJSON: () => '7' });
    expect(decodeRequest({ messages, vendor_field: [id, new Date(0)] })).toMatchObject({ _tag: 'Right' });
  });

  it('names three problems and counts the rest', () => {
    const item = { messages: 5, temperature: NaN, n: 0, stop: 5, num_retries: 2 };
    expect(problemsOf(item)).toBe(
      'messages: expected at least one message, got 5; temperature: expected a finite number, got NaN; n: expected a whole number from 1, got 0; and 2 more',
    );
  });

  it.each([
    ['num_retries', 'use routing.maxRetries'],
    ['timeout', 'use routing.timeouts.attemptMs (in ms)'],
    ['priority', 'use routing.priority (0 is served first)'],
    ['fallbacks', 'use routing.fallbacks, or fallbacks of the router'],
    ['api_key', 'a key belongs to a provider: openai({ apiKey })'],
    ['api_base', 'an address belongs to a provider: openAICompatible({ baseURL })'],
    ['mock_response', 'use fakeProvider of rx-fanout/testing'],
  ])("knows LiteLLM's %s, and what to write here", (field, remedy) => {
    expect(problemsOf({ messages, [field]: 1 })).toBe(`${field}: ${remedy}`);
  });

  it('takes names that every object has for unknown fields', () => {
    const request = { messages, constructor: 1, toString: 2, hasOwnProperty: 3 };
    expect(decodeRequest(request)).toMatchObject({ _tag: 'Right' });
  });

  describe('shows no text of a request', () => {
    const canary = 'canary-7f3a';

    it.each<[string, unknown]>([
      ['of a message', { messages: canary }],
      ['of a role', { messages: [{ role: canary, content: canary }] }],
      [
        'of content',
        {
          messages: [
            {
              role: 'user',
              content: [canary, { type: canary, text: canary }, { type: 'image_url', image_url: canary }],
            },
          ],
        },
      ],
      [
        'of numbers',
        { messages, temperature: canary, n: canary, seed: canary, logit_bias: { a: canary }, max_tokens: canary },
      ],
      [
        'of tools',
        { messages, tools: [canary, { type: canary, function: canary }], tool_choice: canary, response_format: canary },
      ],
      ['of routing', { messages, routing: { timeouts: canary, maxRetries: canary, until: canary, typo: canary } }],
      ['of keywords', { messages, api_key: canary, timeout: canary, stream: canary }],
      ['of an array', [canary]],
    ])('%s', (_, item) => {
      const error = errorOf(item);
      const shown = [
        error.message,
        error.stack,
        JSON.stringify(error),
        inspect(error, { depth: 12, showHidden: true }),
      ];
      expect(shown.join()).not.toContain(canary);
    });

    it('law: whatever the request is', () => {
      const texts = fc.constant(canary);
      const anything = fc.anything({
        values: [texts, fc.integer(), fc.constant(null)],
        key: fc.constantFrom('role', 'content', 'type', 'x'),
      });
      const item = fc.record(
        {
          messages: anything,
          temperature: anything,
          stop: anything,
          tools: anything,
          routing: anything,
          tool_choice: anything,
        },
        { requiredKeys: [] },
      );
      fc.assert(
        fc.property(item, (request) => {
          const decoded = decodeRequest(request);
          expect(decoded._tag === 'Left' && decoded.left.message.includes(canary)).toBe(false);
        }),
      );
    });
  });

  it('law: never throws, whatever it is given', () => {
    const any = fc.anything({ withBigInt: true });
    const item = fc.oneof(any, fc.record({ messages: any, routing: any, metadata: any, tools: any }));
    fc.assert(
      fc.property(item, (value) => {
        expect(['Left', 'Right']).toContain(decodeRequest(value)._tag);
      }),
    );
  });

  describe('says little of much', () => {
    const megabyte = 'x'.repeat(2 ** 20);

    it.each<[string, unknown]>([
      ['a megabyte where messages belong', { messages: megabyte }],
      ['a megabyte where routing belongs', { messages, routing: megabyte }],
      ['a megabyte of a name', { messages, routing: { [megabyte]: 1 } }],
      ['a megabyte of a name that JSON cannot say', { messages, [megabyte]: 1n }],
      ['10 000 wrong messages', { messages: Array.from({ length: 10_000 }, () => ({ role: megabyte, content: 5 })) }],
      [
        '100 000 unknown fields',
        { messages, routing: Object.fromEntries(Array.from({ length: 1e5 }, (_, i) => [`f${String(i)}`, i])) },
      ],
      ['a million elements where routing belongs', { messages, routing: Array.from({ length: 1e6 }, () => 'x') }],
    ])('%s', (_, item) => {
      expect(errorOf(item).message.length).toBeLessThan(600);
    });
  });
});
