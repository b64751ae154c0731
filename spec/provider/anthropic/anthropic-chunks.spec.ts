import * as fc from 'fast-check';
import { isLeft, left, map, right, type Either } from 'fp-ts/Either';
import type { CompletionChunk } from '../../../lib/domain/chunk';
import { hasContent } from '../../../lib/domain/has-content';
import { anthropic } from '../../../lib/provider/anthropic/anthropic';
import { anthropicChunks } from '../../../lib/provider/anthropic/anthropic-chunks';
import { defaultCaps } from '../../../lib/transport/caps';
import { eventBody } from '../../../lib/transport/event-body';
import type { StreamEvent } from '../../../lib/transport/transport';
import { answerIn } from '../answer-in';
import { chunksOf } from '../chunks-of';
import { eventsOf } from '../events-of';
import { anthropicMessages } from '../fixtures/anthropic-messages';
import { anthropicStreams } from '../fixtures/anthropic-streams';
import { meaningOf } from '../meaning-of';
import { replyOf } from '../reply-of';

const provider = anthropic({ model: 'claude-sonnet-4-5', apiKey: 'not-a-key' });
const reply = replyOf(200, undefined, {
  date: 'Sun, 22 Nov 2026 19:00:00 GMT',
  'request-id': 'req_011CSHoEeqs5C35K2UUq',
});
const names = Object.keys(anthropicMessages) as (keyof typeof anthropicMessages)[];

const read = (events: readonly StreamEvent[]) => chunksOf(provider, events, reply);

function chunksIn(events: readonly StreamEvent[]): readonly CompletionChunk[] {
  const chunks = read(events);
  if (isLeft(chunks)) throw chunks.left;
  return chunks.right;
}

const event = (fields: Readonly<Record<string, unknown>> & { readonly type: string }): StreamEvent => ({
  type: fields.type,
  data: right(fields),
});
const toArray = <A>(either: Either<unknown, A>): readonly A[] => (isLeft(either) ? [] : [either.right]);
const failing = (events: readonly StreamEvent[]) => {
  const chunks = read(events);
  if (!isLeft(chunks)) throw new Error('it was taken for an answer');
  return chunks.left;
};
const begin = eventsOf(anthropicStreams.text).slice(0, 3);

describe('a stream of Anthropic', () => {
  it.each(names)('is the message that would have come in one piece: %s', (name) => {
    const whole = provider.toCompletion(replyOf(200, anthropicMessages[name], reply.headers));
    const streamed = map(answerIn)(read(eventsOf(anthropicStreams[name])));
    expect(map(meaningOf)(streamed)).toEqual(map(meaningOf)(whole));
  });

  it.each(names)('is the same, wherever its bytes are cut: %s', (name) => {
    const bytes = new TextEncoder().encode(anthropicStreams[name]);
    const whole = JSON.stringify(read(eventsOf(anthropicStreams[name])));
    const wrong = [...bytes.keys()].filter((cut) => {
      const { take } = eventBody(reply, defaultCaps);
      const events = [bytes.subarray(0, cut), bytes.subarray(cut)].flatMap((piece) => take(piece).reply?.events ?? []);
      return JSON.stringify(read(events)) !== whole;
    });
    expect(wrong).toEqual([]);
  });

  it('gives its text as it comes', () => {
    const chunks = chunksIn(eventsOf(anthropicStreams.text));
    expect(chunks.flatMap(({ choices }) => choices.map(({ delta, finish_reason: reason }) => reason ?? delta))).toEqual(
      [{ role: 'assistant' }, { content: 'A cher' }, { content: 'ry, 🍒' }, { content: '.' }, 'stop'],
    );
    expect(new Set(chunks.map(({ id, created, model }) => [id, created, model].join()))).toEqual(
      new Set(['msg_01XFDUDYJgAACzvnptvVoYEL,1795374000,claude-sonnet-4-5-20250929']),
    );
    expect(chunks.map(({ raw }) => raw)).toEqual(
      eventsOf(anthropicStreams.text).flatMap(({ type, data }) =>
        ['message_start', 'content_block_delta', 'message_delta'].includes(type) && data._tag === 'Right'
          ? [data.right]
          : [],
      ),
    );
  });

  it('tells the usage first as far as it is known, and last as a whole', () => {
    const chunks = chunksIn(eventsOf(anthropicStreams.thinking));
    expect(chunks.flatMap(({ usage }) => usage ?? [])).toEqual([
      { promptTokens: 2173, completionTokens: 1, totalTokens: 2174, cachedTokens: 2048 },
      { promptTokens: 2173, completionTokens: 64, totalTokens: 2237, cachedTokens: 2048, reasoningTokens: 50 },
    ]);
  });

  it('counts calls of tools from 0, and gives their arguments piece by piece', () => {
    const pieces = chunksIn(eventsOf(anthropicStreams.tool)).flatMap(
      ({ choices }) => choices[0]?.delta.tool_calls ?? [],
    );
    expect(pieces).toEqual([
      {
        index: 0,
        id: 'toolu_01T1x1fJ34qAmk2tNTrN7Up6',
        type: 'function',
        function: { name: 'weather', arguments: '' },
      },
      ...['{"city":', ' "San Fra', 'ncisco, CA"', '}'].map((json) => ({ index: 0, function: { arguments: json } })),
    ]);
  });

  it('gives arguments that came with the beginning of the block, though the block is not ended', () => {
    const block = { type: 'tool_use', id: 'toolu_1', name: 'weather', input: { city: 'Oslo' } };
    const events = [
      ...begin.slice(0, 1),
      event({ type: 'content_block_start', index: 0, content_block: block }),
      ...eventsOf(anthropicStreams.tool).slice(-2),
    ];
    expect(answerIn(chunksIn(events)).choices[0].message.tool_calls?.[0]?.function.arguments).toBe('{"city":"Oslo"}');
  });

  it('has the same arguments, however they are cut', () => {
    const [start, , , , ...rest] = eventsOf(anthropicStreams.tool);
    const json = JSON.stringify({ city: 'Tromsø 🏔', days: [1, 2], deep: { '"': '\\' } });
    const block = { type: 'tool_use', id: 'toolu_1', name: 'weather', input: {} };
    fc.assert(
      fc.property(fc.array(fc.nat(json.length)), (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), json.length];
        const pieces = places.slice(1).map((place, i) => json.slice(places[i], place));
        const events = [
          ...[start].flatMap((one) => one ?? []),
          event({ type: 'content_block_start', index: 5, content_block: block }),
          ...pieces.map((piece) =>
            event({
              type: 'content_block_delta',
              index: 5,
              delta: { type: 'input_json_delta', partial_json: piece },
            }),
          ),
          event({ type: 'content_block_stop', index: 5 }),
          ...rest.slice(-2),
        ];
        expect(answerIn(chunksIn(events)).choices[0].message.tool_calls?.[0]?.function.arguments).toBe(json);
      }),
    );
  });

  it('keeps arguments that were cut off as they are', () => {
    const events = eventsOf(anthropicStreams.tool).filter(({ data }) => !JSON.stringify(data).includes('ncisco'));
    expect(answerIn(chunksIn(events)).choices[0].message.tool_calls?.[0]?.function.arguments).toBe(
      '{"city": "San Fra}',
    );
  });

  it.each(names)('says nothing in pings, nor in events that are new: %s', (name) => {
    const noise = [
      event({ type: 'ping' }),
      event({ type: 'vibe_check', index: -1 }),
      { type: 'new', data: left({ kind: 'not-json' as const, text: '?' }) },
    ];
    const events = eventsOf(anthropicStreams[name]);
    expect(read(events.flatMap((one) => [one, ...noise]))).toEqual(read(events));
  });

  it('ignores what follows message_stop', () => {
    const chunks = anthropicChunks({ provider: 'anthropic', model: 'm' });
    const events = eventsOf(anthropicStreams.text);
    const states = events.reduce(
      (all, one) => [
        ...all,
        ...toArray(map(([next]: readonly [typeof chunks.initial, unknown]) => next)(chunks.step(all.at(-1)!, one))),
      ],
      [chunks.initial],
    );
    expect(states.map((state) => chunks.isOver(state))).toEqual([...events.map(() => false), true]);
    const over = states.at(-1)!;
    expect(events.map((one) => chunks.step(over, one))).toEqual(events.map(() => right([over, []])));
  });

  it('is over with message_stop, and broken off without', () => {
    const events = eventsOf(anthropicStreams.text);
    for (let length = 0; length < events.length; length++) {
      expect(read(events.slice(0, length))).toMatchObject({
        _tag: 'Left',
        left: { _tag: 'Connection', isRetryable: true, provider: 'anthropic', requestId: 'req_011CSHoEeqs5C35K2UUq' },
      });
    }
    expect(chunksIn(events).at(-1)?.choices[0]?.finish_reason).toBe('stop');
  });

  it('has no content in it before the first word, nor in its end', () => {
    const told = chunksIn(eventsOf(anthropicStreams.thinking)).map(hasContent);
    expect(told).toEqual([false, true, true, true, true, false]);
  });

  it('is over without a reason where none was given but something said', () => {
    const events = eventsOf(anthropicStreams.tool).filter(({ type }) => type !== 'message_delta');
    expect(answerIn(chunksIn(events)).choices[0].finish_reason).toBe('tool_calls');
    expect(failing(eventsOf(anthropicStreams.nothing).filter(({ type }) => type !== 'message_delta'))._tag).toBe(
      'InvalidResponse',
    );
  });

  it('is no answer when it was refused before the first word', () => {
    expect(failing(eventsOf(anthropicStreams.refused))).toMatchObject({
      _tag: 'ContentPolicyViolation',
      code: 'refusal',
    });
  });

  it('fails as its error event says', () => {
    expect(failing(eventsOf(anthropicStreams.overloaded))).toMatchObject({
      _tag: 'Overloaded',
      code: 'overloaded_error',
      isRetryable: true,
      requestId: 'req_011CSHoEeqs5C35K2UUq',
    });
    const nameless = { type: 'message', data: right({ error: { type: 'rate_limit_error', message: 'slow' } }) };
    expect(failing([...begin, nameless])._tag).toBe('RateLimited');
    expect(failing([...begin, { type: 'error', data: left({ kind: 'not-json', text: 'oops' }) }])._tag).toBe(
      'InvalidResponse',
    );
  });

  it.each([
    ['no JSON', { type: 'content_block_delta', data: left({ kind: 'not-json' as const, text: '{"type":"cont' }) }],
    ['a forbidden key', { type: 'message_delta', data: left({ kind: 'forbidden-key' as const, text: '' }) }],
    ['no object', { type: 'message_delta', data: right(null) }],
    ['a block without a place', event({ type: 'content_block_stop' })],
    ...[-1, 128, 1.5, '0', NaN, Infinity].map(
      (index) =>
        [
          `a block at ${String(index)}`,
          event({ type: 'content_block_start', index, content_block: { type: 'text' } }),
        ] as const,
    ),
    ['no block', event({ type: 'content_block_start', index: 0 })],
    ['no delta', event({ type: 'content_block_delta', index: 0 })],
    ['a nameless tool', event({ type: 'content_block_start', index: 0, content_block: { type: 'tool_use', id: 'a' } })],
  ] as const)('is unreadable with %s', (_, bad) => {
    expect(failing([...begin, bad])).toMatchObject({ _tag: 'InvalidResponse', status: 200 });
  });

  it('may begin anew as long as it has said nothing, and not after that', () => {
    const [first, ...rest] = eventsOf(anthropicStreams.text);
    const anew = event({
      type: 'message_start',
      message: { id: 'msg_2', model: 'claude-2', usage: { input_tokens: 7 } },
    });
    expect(answerIn(chunksIn([...begin, anew, ...rest]))).toMatchObject({
      choices: [{ message: { content: 'A cherry, 🍒.' } }],
      usage: { promptTokens: 7, completionTokens: 8 },
    });
    const nothing = eventsOf(anthropicStreams.nothing).slice(0, -1);
    for (const said of [[first, ...rest.slice(0, 3)], nothing]) {
      const events = said.flatMap((one) => one ?? []);
      expect(failing([...events, anew, ...rest])).toMatchObject({ _tag: 'InvalidResponse', status: 200 });
    }
  });

  it('gives each piece of a message that was whole when it began', () => {
    const [beginning] = eventsOf(anthropicStreams.wholeFromTheBeginning);
    const chunks = chunksIn(eventsOf(anthropicStreams.wholeFromTheBeginning));
    expect(chunks.map(({ choices }) => choices[0]?.finish_reason ?? choices[0]?.delta)).toEqual([
      { role: 'assistant' },
      { tool_calls: [{ index: 0, id: 'toolu_01D', type: 'function', function: { name: 'stock', arguments: '' } }] },
      { tool_calls: [{ index: 0, function: { arguments: '{"fruit":"cherry"}' } }] },
      'tool_calls',
    ]);
    expect(chunks.slice(0, -1).map(({ raw }) => right(raw))).toEqual(chunks.slice(0, -1).map(() => beginning?.data));
  });

  it('is unreadable where it begins with something that is no block', () => {
    expect(failing([event({ type: 'message_start', message: { content: [7] } })])._tag).toBe('InvalidResponse');
  });

  it('does not believe more than 128 calls', () => {
    const block = { type: 'tool_use', id: 'a', name: 'b', input: {} };
    const call = event({ type: 'content_block_start', index: 0, content_block: block });
    expect(failing([...begin, ...Array.from({ length: 129 }, () => call)])._tag).toBe('InvalidResponse');
  });

  it('may name its events outside of them alone', () => {
    const named = anthropicStreams.tool.replace(/\{"type":"(?:message|content_block)_\w+",?/g, '{');
    expect(named).not.toContain('"type":"content_block_delta"');
    const meanings = [anthropicStreams.tool, named].map((stream) => meaningOf(answerIn(chunksIn(eventsOf(stream)))));
    expect(meanings[1]).toEqual(meanings[0]);
  });

  it('needs no beginning', () => {
    const events = eventsOf(anthropicStreams.text).slice(1);
    expect(answerIn(chunksIn(events))).toMatchObject({
      id: '',
      created: 0,
      model: 'claude-sonnet-4-5',
      choices: [{ message: { content: 'A cherry, 🍒.' } }],
    });
  });
});
