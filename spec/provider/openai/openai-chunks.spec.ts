import * as fc from 'fast-check';
import { isLeft, left, right } from 'fp-ts/Either';
import OpenAI from 'openai';
import { accumulator } from '../../../lib/domain/accumulator';
import { CompletionChunk } from '../../../lib/domain/chunk';
import { text, type Completion } from '../../../lib/domain/completion';
import type { CompletionError } from '../../../lib/domain/error';
import { isCompletionError } from '../../../lib/domain/error';
import { openAICompatible } from '../../../lib/provider/openai/openai-compatible';
import type { BodyProblem, StreamEvent } from '../../../lib/transport/transport';
import { chunksOf } from '../chunks-of';
import { eventsOf } from '../events-of';
import { beginning, callStreams, ending, openAIStreams, otherStreams } from '../fixtures/openai-streams';
import { replyOf } from '../reply-of';

const provider = openAICompatible({ name: 'acme', model: 'acme-large', baseURL: 'http://localhost/v1' });
const reply = replyOf(200, undefined, { 'x-request-id': 'req_7' });

function chunksIn(events: readonly StreamEvent[]): readonly CompletionChunk[] {
  const chunks = chunksOf(provider, events, reply);
  if (isLeft(chunks)) throw chunks.left;
  return chunks.right;
}

function joined(events: readonly StreamEvent[]): Completion {
  const { add, completion } = accumulator();
  chunksIn(events).forEach(add);
  const whole = completion();
  if (whole === undefined) throw new Error('it holds no choice');
  return whole;
}

function failureOf(events: readonly StreamEvent[]): CompletionError {
  const chunks = chunksOf(provider, events, reply);
  if (!isLeft(chunks)) throw new Error('it was taken for an answer');
  return chunks.left;
}

const event = (data: unknown): StreamEvent => ({ type: 'message', data: right(data) });
const unreadable = (kind: BodyProblem['kind'], said: string, type = 'message'): StreamEvent => ({
  type,
  data: left({ kind, text: said }),
});
const says = (choice: object) => event({ choices: [choice] });
const end = says({ index: 0, delta: {}, finish_reason: 'stop' });

describe('a stream of OpenAI', () => {
  const names = Object.keys(openAIStreams) as (keyof typeof openAIStreams)[];

  /** What the SDK of OpenAI makes of the same bytes. */
  async function judged(stream: string) {
    const headers = { 'content-type': 'text/event-stream' };
    const client = new OpenAI({ apiKey: 'k', fetch: () => Promise.resolve(new Response(stream, { headers })) });
    const events = client.chat.completions.stream({ model: 'm', messages: [] });
    return events.finalChatCompletion().catch(() => {
      const choices = events.currentChatCompletionSnapshot?.choices; // it throws for an answer cut by its length
      return { choices, usage: undefined };
    });
  }

  it.each(names)('comes to what the SDK of OpenAI makes of it: %s', async (name) => {
    const whole = joined(eventsOf(openAIStreams[name]));
    const { choices = [], usage } = await judged(openAIStreams[name]);
    const ours = whole.choices.map(({ index, message, finish_reason, logprobs }) => ({
      index,
      finish_reason,
      content: message.content === '' ? null : message.content, // the SDK has no empty text
      refusal: message.refusal ?? null,
      tool_calls: message.tool_calls ?? [],
      logprobs: logprobs ?? null,
    }));
    const theirs = choices.map(({ index, message, finish_reason, logprobs }) => ({
      index,
      finish_reason,
      content: message.content === '' ? null : message.content, // the SDK has no empty text
      refusal: message.refusal ?? null,
      tool_calls: (message.tool_calls ?? []).map(({ id, type, function: { name: called, arguments: written } }) => ({
        id,
        type,
        function: { name: called, arguments: written },
      })),
      logprobs: logprobs ?? null,
    }));
    expect(ours).toEqual(theirs);
    const counted = usage && { promptTokens: usage.prompt_tokens, totalTokens: usage.total_tokens };
    expect(whole.usage).toMatchObject(counted ?? { promptTokens: 19 });
  });

  it.each(names)('is chunks in the shape of OpenAI, each with its event under raw: %s', (name) => {
    const events = eventsOf(openAIStreams[name]);
    const chunks = chunksIn(events);
    expect(chunks.every((chunk) => CompletionChunk.is(chunk))).toBe(true);
    expect(chunks.map(({ raw }) => right(raw))).toEqual(events.slice(0, -1).map(({ data }) => data));
  });

  it('is one chunk for each event', () => {
    expect(chunksIn(eventsOf(openAIStreams.text)).map(({ raw: _, ...chunk }) => chunk)).toEqual(
      [
        { choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }] },
        { choices: [{ index: 0, delta: { content: 'A cher' }, finish_reason: null }] },
        { choices: [{ index: 0, delta: { content: 'ry, 🍒.' }, finish_reason: null }] },
        { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
        {
          choices: [],
          usage: { promptTokens: 19, completionTokens: 10, totalTokens: 29, cachedTokens: 4, reasoningTokens: 3 },
        },
      ].map((rest) => ({ id: 'chatcmpl-B9', created: 1741569952, model: 'gpt-4.1-2025-04-14', ...rest })),
    );
  });

  it('is over with [DONE], and what comes after it is ignored', () => {
    const { chunks } = provider;
    if (chunks === undefined) throw new Error('it does not stream');
    const over = chunks.step(chunks.initial, unreadable('not-json', ' [DONE]\n'));
    if (isLeft(over)) throw over.left;
    const [state] = over.right;
    expect([chunks.isOver(chunks.initial), chunks.isOver(state)]).toEqual([false, true]);
    expect(chunks.step(state, event({ error: { message: 'no' } }))).toEqual(right([state, []]));
  });

  it('keeps its state as it is while nothing but words come', () => {
    const { chunks } = provider;
    const word = says({ index: 0, delta: { content: 'a' }, finish_reason: null });
    const first = chunks?.step(chunks.initial, word);
    if (first?._tag !== 'Right') throw new Error('it cannot be read');
    expect(chunks?.step(first.right[0], word)).toMatchObject({ right: [first.right[0], [{}]] });
    const second = chunks?.step(first.right[0], word);
    expect(second?._tag === 'Right' && second.right[0]).toBe(first.right[0]);
  });
});

describe('a stream of another server', () => {
  const names = Object.keys(otherStreams) as (keyof typeof otherStreams)[];

  it.each(names)('says the same: %s', (name) => {
    expect(text(joined(eventsOf(otherStreams[name])))).toBe('A cherry.');
    expect(joined(eventsOf(otherStreams[name])).choices[0].finish_reason).toBe('stop');
  });

  it.each(['groq', 'mistral', 'deepseek', 'xai', 'openRouter'] as const)('has its reasoning: %s', (name) => {
    expect(joined(eventsOf(otherStreams[name])).choices[0].message.reasoning).toBe('Fruit. ');
  });

  it.each<readonly [keyof typeof otherStreams, object]>([
    ['groq', {}],
    ['mistral', {}],
    ['deepseek', { cachedTokens: 16 }],
    ['xai', { completionTokens: 6, totalTokens: 25, reasoningTokens: 2 }],
    ['openRouter', {}],
    ['azure', { cachedTokens: 4, reasoningTokens: 3 }],
    ['sparing', {}],
  ])('has the usage of the whole answer: %s', (name, rest) => {
    expect(joined(eventsOf(otherStreams[name])).usage).toEqual({
      promptTokens: 19,
      completionTokens: 10,
      totalTokens: 29,
      ...rest,
    });
  });

  it('is told by the model that answers, not by the notes before it', () => {
    expect(joined(eventsOf(otherStreams.azure))).toMatchObject({ id: 'chatcmpl-B9', model: 'gpt-4.1-2025-04-14' });
    expect(joined(eventsOf(otherStreams.sparing))).toMatchObject({ id: '', created: 0, model: 'acme-large' });
  });

  it.each(Object.entries(callStreams))('calls two tools: %s', (_, stream) => {
    const [{ message, finish_reason }] = joined(eventsOf(stream)).choices;
    const ids = (message.tool_calls ?? []).map(({ id }) => id);
    expect([message.tool_calls, finish_reason]).toEqual([
      [
        { id: ids[0], type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } },
        { id: ids[1], type: 'function', function: { name: 'now', arguments: '{}' } },
      ],
      'tool_calls',
    ]);
    expect(ids).toEqual(['call_1', 'call_2']);
  });

  it.each(Object.entries(callStreams))('numbers them from 0, and says id and name once: %s', (_, stream) => {
    const pieces = chunksIn(eventsOf(stream)).flatMap(({ choices }) =>
      choices.flatMap(({ delta }) => delta.tool_calls ?? []),
    );
    const told = (index: number, field: (piece: (typeof pieces)[number]) => unknown) =>
      pieces.filter((piece) => piece.index === index && field(piece) !== undefined);
    for (const index of [0, 1]) {
      expect(told(index, ({ id }) => id)).toHaveLength(1);
      expect(told(index, (piece) => piece.function?.name)).toHaveLength(1);
      expect(told(index, ({ type }) => type)).toHaveLength(1);
    }
    expect(new Set(pieces.map(({ index }) => index))).toEqual(new Set([0, 1]));
  });

  it('tells two calls without ids apart by their names', () => {
    const piece = (name: string, index?: number) => ({ index, function: { name, arguments: '{}' } });
    for (const index of [undefined, 0]) {
      const stream = [
        says({ delta: { tool_calls: [piece('a', index)] } }),
        says({ delta: { tool_calls: [piece('b', index)] } }),
        end,
      ];
      expect(joined(stream).choices[0].message.tool_calls?.map((call) => call.function.name)).toEqual(['a', 'b']);
    }
  });

  it('keeps arguments that are no JSON', () => {
    const piece = (written: string) =>
      says({ delta: { tool_calls: [{ index: 0, function: { name: 'a', arguments: written } }] } });
    const [{ message }] = joined([piece('{"a": '), piece('oops'), end]).choices;
    expect(message.tool_calls?.[0]?.function.arguments).toBe('{"a": oops');
  });

  it('keeps what the server wants back with a call', () => {
    const extra = { google: { thought_signature: 'c2ln' } };
    const call = { id: 'x', function: { name: 'now', arguments: '{}' }, extra_content: extra };
    const [{ message }] = joined([says({ delta: { tool_calls: [call] } }), end]).choices;
    expect(message.tool_calls).toEqual([{ ...call, type: 'function' }]);
  });

  it('passes over events that say nothing', () => {
    expect(chunksIn([unreadable('empty', ''), ...eventsOf(openAIStreams.text)])).toHaveLength(5);
  });
});

describe('a stream that breaks off', () => {
  it('without its end marker is a failed connection', () => {
    const error = failureOf(eventsOf(beginning));
    expect(error).toMatchObject({ _tag: 'Connection', isRetryable: true, requestId: 'req_7', provider: 'acme' });
    expect(error).not.toHaveProperty('status');
    expect(error.message).toContain('The stream ended without its end marker.');
  });

  it.each([
    ['[DONE] alone', `${beginning}data: [DONE]\n\n`],
    ['a finish_reason alone', beginning + ending.replace('data: [DONE]\n\n', '')],
  ])('is whole with %s', (_, stream) => {
    expect(text(joined(eventsOf(stream)))).toBe('A cher');
  });

  it('is not whole until every choice has its reason', () => {
    const two = event({ choices: [{ delta: { content: 'a' } }, { delta: { content: 'b' } }] });
    expect(failureOf([two, end])._tag).toBe('Connection');
    expect(joined([two, end, says({ index: 1, finish_reason: 'stop' })]).choices).toHaveLength(2);
  });

  it.each([
    ['nothing', ''],
    ['[DONE] alone', 'data: [DONE]\n\n'],
    ['usage alone', 'data: {"choices":[],"usage":{"prompt_tokens":1}}\n\ndata: [DONE]\n\n'],
  ])('before any choice is no answer: %s', (_, stream) => {
    expect(failureOf(eventsOf(stream))).toMatchObject({ _tag: 'InvalidResponse', isRetryable: true, status: 200 });
  });

  it('before a choice has said anything, or why it did not, is no answer', () => {
    const role = says({ delta: { role: 'assistant', content: '' } });
    const done = unreadable('not-json', '[DONE]');
    expect(failureOf([role, done])).toMatchObject({ _tag: 'InvalidResponse', isRetryable: true });
    expect(failureOf([role, says({ index: 1, delta: { content: 'b' } }), done])._tag).toBe('InvalidResponse');
    expect(text(joined([role, end]))).toBe('');
  });

  it('before a tool call has its name is no answer', () => {
    expect(
      failureOf([says({ delta: { tool_calls: [{ id: 'x', function: { arguments: '{}' } }] } }), end]).message,
    ).toContain('A tool call has no name.');
  });
});

describe('an error in a stream', () => {
  it.each<readonly [string, unknown, string, boolean]>([
    ['a code of the table', { error: { message: 'no', code: 'insufficient_quota' } }, 'QuotaExhausted', false],
    ['a type of the table', { error: { message: 'no', type: 'overloaded_error' } }, 'Overloaded', true],
    ['a status', { error: { message: 'Provider returned error', code: 429 } }, 'RateLimited', true],
    [
      'a status beside a choice (OpenRouter)',
      {
        id: 'gen-1',
        error: { code: 502, message: 'Provider disconnected' },
        choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }],
      },
      'ServerError',
      true,
    ],
    ['a status in the choice', { choices: [{ index: 0, error: { code: 503, message: 'gone' } }] }, 'ServerError', true],
    [
      'a message of the table',
      { error: { message: "This model's maximum context length is 8 tokens" } },
      'ContextWindowExceeded',
      false,
    ],
    ['nothing that is known', { error: { message: 'something went wrong' } }, 'InvalidResponse', true],
    ['a string', { error: 'insufficient credits' }, 'QuotaExhausted', false],
    ['no envelope (vLLM)', { object: 'error', message: 'no', type: 'BadRequestError', code: 400 }, 'BadRequest', false],
    ['an array around it', [{ error: { code: 401, message: 'no' } }], 'Authentication', false],
  ])('is classified like a reply: by %s', (_, data, _tag, isRetryable) => {
    expect(failureOf([...eventsOf(beginning), event(data), ...eventsOf(ending)])).toMatchObject({
      _tag,
      isRetryable,
      status: 200,
      requestId: 'req_7',
    });
  });

  it.each<readonly [string, StreamEvent['data'], string]>([
    ['a body of its own', right({ message: 'no', code: 'rate_limit_exceeded' }), 'RateLimited'],
    ['an envelope', right({ error: { message: 'no', code: 'server_is_overloaded' } }), 'Overloaded'],
    ['plain text', left({ kind: 'not-json', text: 'maximum context length is 8 tokens' }), 'ContextWindowExceeded'],
    ['a page', left({ kind: 'not-json', text: '<p>maximum context length' }), 'InvalidResponse'],
    ['nothing', left({ kind: 'empty', text: '' }), 'InvalidResponse'],
  ])('is one by the name of its event, with %s', (_, data, tag) => {
    expect(failureOf([...eventsOf(beginning), { type: 'error', data }])._tag).toBe(tag);
  });

  it.each([null, {}, '', false])('is not `error: %j` beside a choice', (error) => {
    expect(text(joined([event({ error, choices: [{ delta: { content: 'yes' }, finish_reason: 'stop' }] })]))).toBe(
      'yes',
    );
  });

  it.each([
    ['text', 'not-json', 'data of another kind', 'An event is not JSON.'],
    ['a page', 'not-json', '<html>', 'An event is an HTML page'],
    ['half of a chunk', 'not-json', '{"choices":[{"del', 'An event is not JSON.'],
    ['what is too deep', 'too-deep', '[[[[', 'An event is nested too deep.'],
    ['what would change prototypes', 'forbidden-key', '{"__proto__":{}}', 'change prototypes'],
  ] as const)('is an event that cannot be read: %s', (_, kind, said, message) => {
    const error = failureOf([...eventsOf(beginning), unreadable(kind, said)]);
    expect(error).toMatchObject({ _tag: 'InvalidResponse', isRetryable: true });
    expect(error.message).toContain(message);
    expect(error.message).not.toContain(said);
  });

  it.each<readonly [string, unknown, string]>([
    ['a string', 'yes', 'expected OpenAIEvent, got a string'],
    ['null', null, 'expected OpenAIEvent, got null'],
    ['choices that are none', { choices: { 0: {} } }, 'choices: expected '],
    ['a choice that is none', { choices: ['yes'] }, 'choices[0]: expected a choice, got a string'],
    ['a delta that is text', { choices: [{ delta: 'yes' }] }, 'choices[0].delta: expected a delta, got a string'],
    [
      'content that is a number',
      { choices: [{ delta: { content: 5 } }] },
      'choices[0].delta.content: expected text or parts, got 5',
    ],
    [
      'a tool call that is none',
      { choices: [{ delta: { tool_calls: [5] } }] },
      'choices[0].delta.tool_calls[0]: expected a piece of a tool call, got 5',
    ],
  ])('is an event that is no chunk: %s', (_, data, said) => {
    expect(failureOf([event(data)]).message).toContain(said);
  });
});

describe('indices', () => {
  const piece = { id: 'x', function: { name: 'a', arguments: '' } };

  it.each([-1, 128, 1.5, 1e9, Infinity, '0', {}])('%j is none', (index) => {
    for (const choice of [
      { index, delta: {} },
      { index: 0, delta: { tool_calls: [{ ...piece, index }] } },
    ]) {
      const error = failureOf([says(choice)]);
      expect(error._tag).toBe('InvalidResponse');
      expect(error.message).toContain('index: expected a whole number below 128');
    }
  });

  it('are at most 128, given or not', () => {
    const pieces = Array.from({ length: 128 }, (_, i) => ({ ...piece, id: String(i) }));
    expect(joined([says({ delta: { tool_calls: pieces } }), end]).choices[0].message.tool_calls).toHaveLength(128);
    expect(failureOf([says({ delta: { tool_calls: [...pieces, piece] } })])._tag).toBe('InvalidResponse');
    expect(joined([event({ choices: pieces.map(() => ({ finish_reason: 'stop' })) })]).choices).toHaveLength(128);
    expect(failureOf([event({ choices: [...pieces, piece].map(() => ({})) })])._tag).toBe('InvalidResponse');
  });
});

describe('whatever a server sends', () => {
  const some = fc.oneof({ weight: 3, arbitrary: fc.jsonValue() }, fc.constantFrom<unknown>(null, '', 0, [], {}));
  const index = fc.oneof(fc.integer({ min: 0, max: 3 }), some);
  const call = fc.record(
    { index, id: some, function: fc.oneof(some, fc.record({ name: some, arguments: some })) },
    { requiredKeys: [] },
  );
  const delta = fc.record(
    {
      role: some,
      content: some,
      reasoning: some,
      reasoning_content: some,
      refusal: some,
      tool_calls: fc.oneof(some, fc.array(call)),
    },
    { requiredKeys: [] },
  );
  const choice = fc.record(
    {
      index,
      delta: fc.oneof(some, delta),
      message: some,
      text: some,
      finish_reason: some,
      logprobs: some,
      error: some,
    },
    { requiredKeys: [] },
  );
  const chunk = fc.record(
    {
      id: some,
      created: some,
      model: some,
      choices: fc.oneof(some, fc.array(choice)),
      usage: some,
      x_groq: some,
      error: some,
    },
    { requiredKeys: [] },
  );
  const events = fc.array(
    fc.oneof(
      chunk.map(event),
      some.map(event),
      fc.constantFrom(unreadable('not-json', '[DONE]'), unreadable('not-json', 'x'), unreadable('empty', '', 'error')),
    ),
  );

  it('law: a stream is chunks in our shape, or a failure; nothing is thrown', () => {
    fc.assert(
      fc.property(events, (sent) => {
        const read = chunksOf(provider, sent);
        expect(isLeft(read) ? isCompletionError(read.left) : read.right.every((one) => CompletionChunk.is(one))).toBe(
          true,
        );
      }),
      { numRuns: 2000 },
    );
  });

  it.each([openAIStreams.calls, otherStreams.mistral])(
    'law: a stream cut at any byte is never a shorter answer',
    (stream) => {
      const whole = joined(eventsOf(stream));
      const bytes = Buffer.from(stream);
      const cut = Array.from(bytes, (_, length) => eventsOf(bytes.subarray(0, length)));
      const answered = cut.filter((events) => !isLeft(chunksOf(provider, events)));
      expect(answered.map((events) => joined(events).choices)).toEqual(answered.map(() => whole.choices));
      const failed = cut.filter((events) => !answered.includes(events)).map((events) => failureOf(events)._tag);
      expect(new Set(failed)).toEqual(new Set(['Connection', 'InvalidResponse']));
    },
  );
});
