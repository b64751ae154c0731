import * as fc from 'fast-check';
import { isLeft, isRight, match, right } from 'fp-ts/Either';
import { accumulator } from '../../../lib/domain/accumulator';
import { CompletionChunk } from '../../../lib/domain/chunk';
import type { Completion } from '../../../lib/domain/completion';
import type { CompletionError } from '../../../lib/domain/error';
import { gemini } from '../../../lib/provider/gemini/gemini';
import type { StreamEvent } from '../../../lib/transport/transport';
import { chunksOf } from '../chunks-of';
import { eventsOf } from '../events-of';
import { geminiStreams } from '../fixtures/gemini-streams';
import { replyOf } from '../reply-of';

const provider = gemini({ model: 'gemini-2.5-flash', apiKey: 'k' });
const event = (data: unknown): StreamEvent => ({ type: 'message', data: right(data) });

function read(stream: string): readonly CompletionChunk[] {
  const chunks = chunksOf(provider, eventsOf(stream));
  if (isLeft(chunks)) throw chunks.left;
  return chunks.right;
}

function whole(chunks: readonly CompletionChunk[]): Completion | undefined {
  const { add, completion } = accumulator();
  chunks.forEach(add);
  return completion();
}

function failureOf(events: readonly StreamEvent[]): CompletionError {
  const chunks = chunksOf(provider, events);
  if (isRight(chunks)) throw new Error('it was taken for an answer');
  return chunks.left;
}

describe('a stream of Gemini', () => {
  it('is text as it comes, with the usage so far', () => {
    const chunks = read(geminiStreams.text);
    expect(chunks.map(({ choices }) => choices)).toEqual([
      [{ index: 0, delta: { role: 'assistant', content: 'A cher' }, finish_reason: null }],
      [{ index: 0, delta: { content: 'ry, 🍒' }, finish_reason: null }],
      [{ index: 0, delta: { content: '.' }, finish_reason: 'stop' }],
    ]);
    expect(chunks.map(({ usage }) => usage?.completionTokens)).toEqual([2, 5, 6]);
    expect(chunks[0]).toMatchObject({ id: 'M3iLaY-AI7zTxN8P3Piw4Qg', created: 0, model: 'gemini-2.5-flash' });
    expect(chunks.every((chunk) => CompletionChunk.is(chunk))).toBe(true);
  });

  it("has the vendor's own events under raw", () => {
    const events = eventsOf(geminiStreams.text);
    expect(read(geminiStreams.text).map(({ raw }) => right(raw))).toEqual(events.map(({ data }) => data));
  });

  it('takes its time from the reply, and its name from the one that was asked for', () => {
    const only = { candidates: [{ content: { parts: [{ text: 'yes' }] }, finishReason: 'STOP' }] };
    const reply = replyOf(200, undefined, { date: 'Fri, 21 Nov 2025 07:28:00 GMT' });
    const chunks = chunksOf(provider, [event(only)], reply);
    expect(chunks).toMatchObject({ right: [{ id: '', created: 1763710080, model: 'gemini-2.5-flash' }] });
  });

  it('keeps thoughts apart, and counts them', () => {
    expect(whole(read(geminiStreams.thoughts))).toMatchObject({
      choices: [{ message: { content: 'There are 3.', reasoning: '**Counting**\n\nThree.' }, finish_reason: 'stop' }],
      usage: { promptTokens: 9, completionTokens: 69, totalTokens: 78, reasoningTokens: 64 },
    });
  });

  it('has a function call in one piece, and ends in tool_calls though Google says STOP', () => {
    const [first, last] = read(geminiStreams.call);
    expect(first?.choices[0]?.delta.tool_calls).toEqual([
      {
        index: 0,
        id: 'call_0',
        type: 'function',
        function: { name: 'weather', arguments: '{"city":"Oslo"}' },
        extra_content: { google: { thought_signature: 'EpEgCo4gAb4+9vs=' } },
      },
    ]);
    expect(last?.choices[0]?.finish_reason).toBe('tool_calls');
  });

  it('counts function calls over all events', () => {
    const calls = read(geminiStreams.calls).flatMap(({ choices }) => choices[0]?.delta.tool_calls ?? []);
    expect(calls.map(({ index, id, function: f }) => [index, id, f?.name, f?.arguments])).toEqual([
      [0, 'fc-1', 'weather', '{"city":"Oslo"}'],
      [1, 'fc-2', 'weather', '{"city":"Rome"}'],
      [2, 'call_2', 'now', '{}'],
    ]);
  });

  it('tells several candidates apart', () => {
    expect(whole(read(geminiStreams.candidates))?.choices).toEqual([
      { index: 0, message: { role: 'assistant', content: 'red!' }, finish_reason: 'stop' },
      { index: 1, message: { role: 'assistant', content: 'blue' }, finish_reason: 'length' },
    ]);
  });

  it.each([
    ['length', geminiStreams.length, 'A cherry is a', 'length'],
    ['tokens spent on thoughts', geminiStreams.spent, null, 'length'],
    ['a stop for safety after some words', geminiStreams.safety, 'First, ', 'content_filter'],
  ])('ends for %s', (_, stream, content, finish) => {
    expect(whole(read(stream))?.choices).toEqual([
      { index: 0, message: { role: 'assistant', content }, finish_reason: finish },
    ]);
  });

  it('is not over before its body is: the usage may come last', () => {
    const chunks = read(geminiStreams.usageLast);
    expect(chunks.map(({ choices, usage }) => [choices.length, usage?.totalTokens])).toEqual([
      [1, undefined],
      [0, 10],
    ]);
  });

  it.each<readonly [string, string, object]>([
    ['a blocked prompt', geminiStreams.blocked, { _tag: 'ContentPolicyViolation', code: 'PROHIBITED_CONTENT' }],
    ['a withheld answer', geminiStreams.withheld, { _tag: 'ContentPolicyViolation', code: 'SAFETY' }],
    ['an error event', geminiStreams.error, { _tag: 'Overloaded', code: 'UNAVAILABLE', isRetryable: true }],
    ['an end without a reason', geminiStreams.noMarker, { _tag: 'Connection', isRetryable: true }],
    ['no event at all', geminiStreams.empty, { _tag: 'InvalidResponse', isRetryable: true }],
    ['a malformed call', geminiStreams.malformedCall, { _tag: 'InvalidResponse', code: 'MALFORMED_FUNCTION_CALL' }],
  ])('fails for %s', (_, stream, failure) => {
    expect(failureOf(eventsOf(stream))).toMatchObject({ provider: 'gemini', ...failure });
  });

  it('has no status to tell when it broke off: that of its beginning was a success', () => {
    expect(failureOf(eventsOf(geminiStreams.noMarker))).not.toHaveProperty('status');
  });

  it.each<readonly [string, unknown, object]>([
    ['an error in an array', [{ error: { code: 429, status: 'RESOURCE_EXHAUSTED' } }], { _tag: 'RateLimited' }],
    ['no object', 7, { _tag: 'InvalidResponse' }],
    ['a part of another kind', { candidates: [{ content: { parts: ['yes'] } }] }, { _tag: 'InvalidResponse' }],
    [
      'a call without a name',
      { candidates: [{ content: { parts: [{ functionCall: {} }] } }] },
      { _tag: 'InvalidResponse' },
    ],
    ...[-1, 0.5, 128, 1e9, '0'].map(
      (index) =>
        [`the index ${JSON.stringify(index)}`, { candidates: [{ index }] }, { _tag: 'InvalidResponse' }] as const,
    ),
  ])('fails at an event with %s', (_, data, failure) => {
    expect(failureOf([event(data)])).toMatchObject(failure);
  });

  it('fails at an event that is no JSON', () => {
    expect(failureOf([{ type: 'message', data: eventsOf('data: {"cand\n\n')[0]?.data ?? right(0) }])._tag).toBe(
      'InvalidResponse',
    );
  });

  it('allows 128 function calls of a candidate, and no more', () => {
    const call = { functionCall: { name: 'f' } };
    const calls = (count: number) =>
      event({ candidates: [{ content: { parts: Array.from({ length: count }, () => call) }, finishReason: 'STOP' }] });
    expect(isRight(chunksOf(provider, [calls(100), calls(28)]))).toBe(true);
    expect(failureOf([calls(100), calls(29)])._tag).toBe('InvalidResponse');
  });

  it.each(['text', 'thoughts', 'calls', 'candidates', 'error'] as const)(
    'law: at whatever byte its body is cut in two, it comes to the same: %s',
    (name) => {
      const bytes = Buffer.from(geminiStreams[name]);
      const whole = chunksOf(provider, eventsOf(bytes));
      const others = Array.from(bytes, (_, cut) => chunksOf(provider, eventsOf(bytes, cut)));
      expect(others.filter((one) => JSON.stringify(one) !== JSON.stringify(whole))).toEqual([]);
    },
  );

  it.each(['text', 'thoughts', 'calls', 'candidates'] as const)(
    'law: broken off at whatever byte, it is a failure or the whole answer, never a shorter one: %s',
    (name) => {
      const bytes = Buffer.from(geminiStreams[name]);
      const kind = ({ _tag }: CompletionError): string => _tag;
      const whole = (chunks: readonly CompletionChunk[]) => JSON.stringify(chunks);
      const cut = Array.from(bytes, (_, kept) =>
        match(kind, whole)(chunksOf(provider, eventsOf(bytes.subarray(0, kept)))),
      );
      const all = match(kind, whole)(chunksOf(provider, eventsOf(bytes)));
      // the last line feed is not missed
      expect([...new Set(cut)]).toEqual(['InvalidResponse', 'Connection', all]);
      expect(cut.indexOf(all)).toBe(bytes.length - 1);
    },
  );

  it('law: in pieces it comes to what it is in one', () => {
    const name = fc.constantFrom('f', 'g');
    const part = fc.oneof(
      fc.record({ text: fc.string() }),
      fc.record({ text: fc.string(), thought: fc.constant(true) }),
      fc.record(
        {
          functionCall: fc.record({ name, args: fc.dictionary(fc.string(), fc.jsonValue()) }),
          thoughtSignature: fc.string(),
        },
        { requiredKeys: ['functionCall'] },
      ),
    );
    const piece = fc.record({ index: fc.nat(2), parts: fc.array(part, { maxLength: 3 }) });
    const reason = fc.constantFrom('STOP', 'MAX_TOKENS', 'SAFETY', 'OTHER', 'MALFORMED_FUNCTION_CALL');
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 8 }),
        fc.array(reason, { minLength: 3 }),
        (pieces, ends) => {
          const indices = [...new Set(pieces.map(({ index }) => index))].sort();
          const partsOf = (index: number) => pieces.filter((one) => one.index === index).flatMap(({ parts }) => parts);
          const candidates = indices.map((index) => ({
            index,
            content: { parts: partsOf(index) },
            finishReason: ends[index],
          }));
          const events = [
            ...pieces.map(({ index, parts }) => event({ candidates: [{ index, content: { parts } }] })),
            event({ candidates: indices.map((index) => ({ index, finishReason: ends[index] })) }),
          ];
          const atOnce = provider.toCompletion(replyOf(200, { candidates }));
          const inPieces = chunksOf(provider, events);
          const kind = ({ _tag, code }: CompletionError): unknown => [_tag, code];
          const pieced = match(kind, (all: readonly CompletionChunk[]) => whole(all)?.choices)(inPieces);
          expect(pieced).toEqual(match(kind, ({ choices }: Completion): unknown => choices)(atOnce));
        },
      ),
      { numRuns: 500 },
    );
  });
});
