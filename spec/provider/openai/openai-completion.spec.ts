import * as fc from 'fast-check';
import { isLeft, isRight } from 'fp-ts/Either';
import { Completion, text } from '../../../lib/domain/completion';
import { isCompletionError } from '../../../lib/domain/error';
import { openAICompatible } from '../../../lib/provider/openai/openai-compatible';
import { replyOf, unreadableReply } from '../reply-of';

const provider = openAICompatible({ name: 'acme', model: 'acme-large', baseURL: 'http://localhost/v1' });
const toCompletion = (body: unknown) => provider.toCompletion(replyOf(200, body));

function completionOf(body: unknown): Completion {
  const decoded = toCompletion(body);
  if (isLeft(decoded)) throw decoded.left;
  return decoded.right;
}

const failureOf = (body: unknown) => {
  const decoded = toCompletion(body);
  if (isRight(decoded)) throw new Error('it was taken for a completion');
  return decoded.left;
};

const answer = (message: object, rest: object = {}) => ({
  choices: [{ index: 0, message, finish_reason: 'stop', ...rest }],
});

const full = {
  id: 'chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT',
  object: 'chat.completion',
  created: 1741569952,
  model: 'gpt-4.1-2025-04-14',
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: 'A cherry.', refusal: null, annotations: [] },
      logprobs: null,
      finish_reason: 'stop',
    },
  ],
  usage: {
    prompt_tokens: 19,
    completion_tokens: 10,
    total_tokens: 29,
    prompt_tokens_details: { cached_tokens: 4, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 3, audio_tokens: 0 },
  },
  service_tier: 'default',
};

describe('a completion in the wire format of OpenAI', () => {
  it('has the shape of OpenAI, usage in ours, and the body itself under raw', () => {
    const completion = completionOf(full);
    expect(completion).toEqual({
      id: full.id,
      created: full.created,
      model: full.model,
      choices: [{ index: 0, message: { role: 'assistant', content: 'A cherry.' }, finish_reason: 'stop' }],
      usage: { promptTokens: 19, completionTokens: 10, totalTokens: 29, cachedTokens: 4, reasoningTokens: 3 },
      raw: full,
    });
    expect(completion.raw).toBe(full);
    expect(Completion.is(completion)).toBe(true);
  });

  it('fills in what a sparing server leaves out', () => {
    expect(completionOf({ choices: [{ message: { content: 'yes' } }, { message: { content: 'no' } }] })).toMatchObject({
      id: '',
      created: 0,
      model: 'acme-large',
      choices: [
        { index: 0, message: { role: 'assistant', content: 'yes' }, finish_reason: 'stop' },
        { index: 1, message: { role: 'assistant', content: 'no' }, finish_reason: 'stop' },
      ],
    });
    expect(completionOf(answer({ content: 'yes' }))).not.toHaveProperty('usage');
  });

  it.each([
    ['a null index', { index: null }],
    ['a null finish_reason', { finish_reason: null }],
    ['null logprobs', { logprobs: null }],
  ])('tolerates %s', (_, rest) => {
    expect(completionOf(answer({ content: 'yes' }, rest)).choices[0]).toEqual({
      index: 0,
      message: { role: 'assistant', content: 'yes' },
      finish_reason: 'stop',
    });
  });

  describe('tool calls', () => {
    const call = { id: 'call_7', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } };

    it('are kept with what the server wants back', () => {
      const signed = { ...call, extra_content: { google: { thought_signature: 'c2ln' } } };
      const [{ message }] = completionOf(answer({ content: null, tool_calls: [signed] })).choices;
      expect(message.tool_calls).toEqual([signed]);
    });

    it('are kept, with null content', () => {
      const [choice] = completionOf(
        answer({ content: null, tool_calls: [call] }, { finish_reason: 'tool_calls' }),
      ).choices;
      expect(choice).toMatchObject({ message: { content: null, tool_calls: [call] }, finish_reason: 'tool_calls' });
    });

    it.each(['{"city": "Os', 'not json', '', '{"__proto__": {"polluted": true}}'])(
      'keep %j as the model wrote it',
      (written) => {
        const message = { content: null, tool_calls: [{ ...call, function: { name: 'weather', arguments: written } }] };
        expect(completionOf(answer(message)).choices[0].message.tool_calls?.[0]?.function.arguments).toBe(written);
      },
    );

    it('are completed: id, type, reason, arguments that the server parsed or left out', () => {
      const calls = [{ function: { name: 'a', arguments: { city: 'Oslo' } } }, { id: '', function: { name: 'b' } }];
      const [choice] = completionOf(answer({ tool_calls: calls }, { finish_reason: null })).choices;
      expect(choice).toEqual({
        index: 0,
        message: {
          role: 'assistant',
          content: null,
          tool_calls: [
            { id: 'call_0', type: 'function', function: { name: 'a', arguments: '{"city":"Oslo"}' } },
            { id: 'call_1', type: 'function', function: { name: 'b', arguments: '{}' } },
          ],
        },
        finish_reason: 'tool_calls',
      });
    });

    it('without a name are no answer', () => {
      expect(
        failureOf(answer({ content: null, tool_calls: [{ id: 'x', function: { arguments: '{}' } }] })).message,
      ).toContain('choices[0].message.tool_calls[0].function.name');
    });
  });

  it.each([
    ['reasoning', { reasoning: 'hm' }],
    ['reasoning_content', { reasoning_content: 'hm' }],
  ])('has the reasoning of %s', (_, field) => {
    expect(completionOf(answer({ content: 'yes', ...field })).choices[0].message).toEqual({
      role: 'assistant',
      content: 'yes',
      reasoning: 'hm',
    });
  });

  it("reads the parts of Mistral's reasoning models", () => {
    const content = [
      { type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] },
      { type: 'text', text: 'a ' },
      { type: 'text', text: 'cherry' },
    ];
    expect(completionOf(answer({ content })).choices[0].message).toMatchObject({
      content: 'a cherry',
      reasoning: 'hm',
    });
  });

  it('keeps a refusal, and a filtered answer that still says something', () => {
    expect(completionOf(answer({ content: null, refusal: 'I cannot' })).choices[0].message.refusal).toBe('I cannot');
    expect(text(completionOf(answer({ content: 'half of' }, { finish_reason: 'content_filter' })))).toBe('half of');
  });

  describe('usage', () => {
    const usageOf = (usage: unknown) => completionOf({ ...answer({ content: 'yes' }), usage }).usage;

    it.each([
      ['nothing but counts', { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 }, [3, 2, 5]],
      ['no total', { prompt_tokens: 3, completion_tokens: 2 }, [3, 2, 5]],
      ['no completion', { prompt_tokens: 3, total_tokens: 3, prompt_tokens_details: null }, [3, 0, 3]],
    ])('with %s', (_, usage, [promptTokens, completionTokens, totalTokens]) => {
      expect(usageOf(usage)).toEqual({ promptTokens, completionTokens, totalTokens });
    });

    it.each(['prompt_cache_hit_tokens', 'cached_tokens'])('has cached tokens from where they stand: %s', (field) => {
      expect(usageOf({ prompt_tokens: 3, [field]: 2 })?.cachedTokens).toBe(2);
    });

    it.each([
      null,
      {},
      'many',
      { prompt_tokens: JSON.parse('1e400') as number },
      { prompt_tokens: -1 },
      { prompt_tokens: '3' },
    ])('is unknown for %j', (usage) => {
      expect(usageOf(usage)).toBeUndefined();
    });
  });

  it.each([
    ['1e400', '{"created":1e400,"choices":[{"index":1e400,"message":{"content":"yes"}}]}'],
    ['-0', '{"created":-0,"choices":[{"index":-0,"message":{"content":"yes"}}]}'],
    ['2^53+1', '{"created":9007199254740993,"choices":[{"message":{"content":"yes"}}]}'],
    ['a lone surrogate', '{"id":"\\ud800","choices":[{"message":{"content":"yes"}}]}'],
  ])('survives %s', (_, json) => {
    expect(text(completionOf(JSON.parse(json)))).toBe('yes');
  });
});

describe('an answer without words', () => {
  it.each([
    ['an empty string and a reason', { content: '' }, 'stop', ''],
    ['null and a reason', { content: null }, 'stop', null],
    ['no tokens left for words', { role: 'assistant' }, 'length', null],
    ['nothing but reasoning', { reasoning_content: 'hm' }, 'length', null],
  ])('is one when the vendor says so: %s', (_, message, finish_reason, content) => {
    expect(completionOf(answer(message, { finish_reason })).choices[0]).toMatchObject({
      message: { content },
      finish_reason,
    });
  });

  it.each([
    ['nothing, and no reason', { content: '' }, null],
    ['null, and no reason', { content: null }, undefined],
    ['an empty message', {}, 'stop'],
    ['a role alone', { role: 'assistant' }, 'stop'],
    ['parts of an unknown kind', { content: [{ type: 'hologram' }] }, 'stop'],
    ['a refusal that is none', { refusal: 5 }, 'stop'],
  ])('is none otherwise: %s', (_, message, finish_reason) => {
    expect(failureOf(answer(message, { finish_reason }))).toMatchObject({ _tag: 'InvalidResponse', status: 200 });
  });

  it('is a content policy violation when a filter took all of them', () => {
    const filtered = { index: 0, message: { content: '' }, finish_reason: 'content_filter' };
    expect(failureOf({ choices: [filtered] })).toMatchObject({ _tag: 'ContentPolicyViolation', isRetryable: false });
    expect(completionOf({ choices: [{ message: { content: 'yes' } }, filtered] }).choices).toHaveLength(2);
  });
});

describe('a reply with status 200 that is no completion', () => {
  it.each([
    ['no choices', { id: 'x' }],
    ['choices: []', { choices: [] }],
    ['choices: null', { choices: null }],
    ['a choice that is null', { choices: [null] }],
    ['no message', { choices: [{ index: 0, finish_reason: 'stop' }] }],
    ['a message that is a string', { choices: [{ message: 'yes' }] }],
    ['content that is a number', answer({ content: 5 })],
    ['a string', 'yes'],
    ['null', null],
    ['an array', [full]],
    ['a number', 7],
  ])('is an InvalidResponse: %s', (_, body) => {
    expect(failureOf(body)).toMatchObject({ _tag: 'InvalidResponse', status: 200, isRetryable: true });
  });

  it.each([
    ['empty', 'empty', '', 'empty'],
    ['HTML', 'not-json', '\n<!doctype html><title>hi</title>', 'HTML page: check baseURL'],
    ['text', 'not-json', 'all is well', 'not JSON'],
    ['half of a completion', 'not-json', '{"choices":[{"mess', 'not JSON'],
    ['too deep', 'too-deep', '[[[[', 'nested too deep'],
    ['polluting', 'forbidden-key', '{"__proto__":{}}', 'change prototypes'],
  ] as const)('says what is wrong with a body: %s', (_, kind, body, said) => {
    const decoded = provider.toCompletion(unreadableReply(200, kind, body));
    if (isRight(decoded)) throw new Error('it was taken for a completion');
    expect(decoded.left._tag).toBe('InvalidResponse');
    expect(decoded.left.message).toContain(said);
    expect(decoded.left.message).not.toContain('hi</title>');
  });

  it('never shows a text of the body', () => {
    expect(failureOf(answer({ content: { secret: 'a long confession' } })).message).toBe(
      'the reply is not a completion (status 200): check the baseURL of this deployment. choices[0].message.content: expected text or parts, got an object.',
    );
  });

  it('obeys x-should-retry', () => {
    const decoded = provider.toCompletion(replyOf(200, {}, { 'x-should-retry': 'false', 'x-request-id': 'r-1' }));
    expect(decoded).toMatchObject({ left: { isRetryable: false, requestId: 'r-1' } });
  });

  it.each([
    ['a code of the table', { error: { message: 'no', code: 'insufficient_quota' } }, 'QuotaExhausted'],
    ['a status in the object', { error: { message: 'Rate limited upstream', code: 429 } }, 'RateLimited'],
    ['a status beside choices', { error: { message: 'no', code: 503 }, choices: [] }, 'ServerError'],
    [
      'a message of the table',
      { error: { message: "This model's maximum context length is 8 tokens" } },
      'ContextWindowExceeded',
    ],
    ['nothing that is known', { error: { message: 'something went wrong' } }, 'InvalidResponse'],
    ['a string', { error: 'insufficient credits' }, 'QuotaExhausted'],
    ['no envelope', { object: 'error', message: 'no', type: 'invalid_request_error', code: 400 }, 'BadRequest'],
    ['an array around it', [{ error: { code: 401, message: 'no' } }], 'Authentication'],
    [
      'the choice of a model that broke off',
      answer({ content: 'half of' }, { finish_reason: 'error', error: { code: 502, message: 'gone' } }),
      'ServerError',
    ],
  ])('is the failure that it reports, by %s', (_, body, tag) => {
    expect(failureOf(body)).toMatchObject({ _tag: tag, status: 200 });
  });

  it.each([null, {}, '', false])('does not take `error: %j` beside an answer for a failure', (error) => {
    expect(text(completionOf({ ...full, error }))).toBe('A cherry.');
  });
});

describe('whatever a server sends', () => {
  const some = fc.oneof({ weight: 3, arbitrary: fc.jsonValue() }, fc.constantFrom<unknown>(null, '', 0, [], {}));
  const message = fc.record(
    {
      content: some,
      tool_calls: fc.oneof(some, fc.array(fc.record({ id: some, function: some }))),
      refusal: some,
      reasoning: some,
    },
    { requiredKeys: [] },
  );
  const choice = fc.record(
    { index: some, message: fc.oneof(some, message), finish_reason: some, error: some },
    { requiredKeys: [] },
  );
  const error = fc.oneof(
    some,
    fc.record({ message: some, code: some, type: some, param: some, innererror: some, metadata: some }),
  );
  const body = fc.oneof(
    some,
    fc.record(
      { id: some, choices: fc.oneof(some, fc.array(fc.oneof(some, choice))), usage: some, error },
      { requiredKeys: [] },
    ),
    fc.record({ error, detail: some, message: some, code: some }, { requiredKeys: [] }),
  );

  it('law: a reply is a completion with a choice, or a failure; nothing is thrown', () => {
    fc.assert(
      fc.property(body, (sent) => {
        const decoded = toCompletion(sent);
        expect(isRight(decoded) ? Completion.is(decoded.right) : isCompletionError(decoded.left)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('law: a refusal is a failure; nothing is thrown', () => {
    const call = provider.toCall(
      { messages: [{ role: 'user', content: 'what is the capital of France?' }] },
      { stream: false },
    );
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), body, (status, sent) => {
        if (isLeft(call)) throw call.left;
        expect(isCompletionError(provider.toError(replyOf(status, sent), call.right))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
