import * as fc from 'fast-check';
import { left, right } from 'fp-ts/Either';
import type { CompletionError } from '../../lib/domain/error';
import { defaultCaps, type Caps } from '../../lib/transport/caps';
import { eventBody } from '../../lib/transport/event-body';
import type { StreamEvent } from '../../lib/transport/transport';

const head = { status: 200, headers: { 'x-request-id': 'r1' } };

interface Outcome {
  readonly events: readonly StreamEvent[];
  readonly problem?: CompletionError | undefined;
}

function read(pieces: Iterable<Uint8Array>, caps: Partial<Caps> = {}): Outcome {
  const { take } = eventBody(head, { ...defaultCaps, ...caps });
  const events: StreamEvent[] = [];
  for (const piece of pieces) {
    const { reply, problem } = take(piece);
    events.push(...(reply?.events ?? []));
    if (problem !== undefined) return { events, problem };
  }
  return { events };
}

/** The value of each event, or the text that is no JSON. */
const dataOf = ({ events }: Outcome): readonly unknown[] =>
  events.map(({ data }) => (data._tag === 'Right' ? data.right : data.left.text));

const twice = (bytes: Buffer, at: number): readonly Buffer[] => [bytes.subarray(0, at), bytes.subarray(at)];
const each = (bytes: Buffer): readonly Buffer[] => Array.from(bytes, (_, at) => bytes.subarray(at, at + 1));

describe('eventBody', () => {
  it('gives the events that bytes complete as one piece, with the status and the headers of the reply', () => {
    const { take, end } = eventBody(head, defaultCaps);
    expect(take(Buffer.from('data: {"a":1}\n\nevent: x\ndata: 2\n\ndata: '))).toEqual({
      reply: {
        ...head,
        body: left({ kind: 'empty', text: '' }),
        events: [
          { type: 'message', data: right({ a: 1 }) },
          { type: 'x', data: right(2) },
        ],
      },
    });
    expect(take(Buffer.from('3'))).toEqual({});
    expect(take(Buffer.from('\n\n')).reply?.events).toEqual([{ type: 'message', data: right(3) }]);
    expect(take(Buffer.from('data: 4\n'))).toEqual({});
    expect(end()).toBeUndefined();
  });

  it('gives a body without a byte as an empty reply, which is none of a stream', () => {
    const { end } = eventBody(head, defaultCaps);
    expect(end()).toEqual({ ...head, body: left({ kind: 'empty', text: '' }) });
  });

  it.each([
    ['[DONE]', left({ kind: 'not-json', text: '[DONE]' })],
    ['[DONE', left({ kind: 'not-json', text: '[DONE' })],
    ['', left({ kind: 'empty', text: '' })],
    ['{"a":', left({ kind: 'not-json', text: '{"a":' })],
    ['{"__proto__":{"x":1}}', left({ kind: 'forbidden-key', text: '{"__proto__":{"x":1}}' })],
    ['[[[1]]]', left({ kind: 'too-deep', text: '[[[1]]]' })],
  ])('gives the data %j as %j', (data, expected) => {
    const [event] = read([Buffer.from(`data: ${data}\n\n`)], { jsonDepth: 2 }).events;
    expect(event).toEqual({ type: 'message', data: expected });
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  describe('cut at any byte', () => {
    const text = Array.from(
      { length: 30 },
      (_, index) =>
        `: ping\nid: ${String(index)}\nevent: delta\ndata: {"index":${String(index)},\ndata:"text":"aé日\u{1F600}"}\n\n`,
    ).join('');

    it.each([
      ['LF', '\n'],
      ['CRLF', '\r\n'],
      ['CR', '\r'],
    ])('a stream with %s has the same events', (_, lineEnd) => {
      const bytes = Buffer.from(`\uFEFF${text.replaceAll('\n', lineEnd)}`);
      expect(bytes.length).toBeGreaterThan(2000);
      const expected = Array.from({ length: 30 }, (__, index) => ({ index, text: 'aé日\u{1F600}' }));
      expect(dataOf(read([bytes]))).toEqual(expected);
      expect(dataOf(read(each(bytes)))).toEqual(expected);
      for (let at = 0; at <= bytes.length; at++) expect(dataOf(read(twice(bytes, at)))).toEqual(expected);
    });

    const fragments = fc.constantFrom(
      ...[
        'data: ',
        'data:',
        'event: x',
        '\n',
        '\n\n',
        '\r\n',
        '\r',
        ': c\n',
        '1',
        'é',
        '日',
        '\u{1F600}',
        '\uFEFF',
      ].map((fragment) => Buffer.from(fragment)),
      ...[[0xff], [0xc3], [0xe6, 0x97], [0xf0, 0x9f, 0x98], [0xed, 0xa0, 0x80], [0x80], [0xc0, 0x80]].map((bytes) =>
        Buffer.from(bytes),
      ),
    );
    const streams = fc.array(fragments, { maxLength: 40 }).map((list) => Buffer.concat(list));

    it('any stream has the same events, invalid UTF-8 too', () => {
      fc.assert(
        fc.property(streams, fc.nat(150), (bytes, at) => {
          const whole = read([bytes]);
          expect(read(twice(bytes, at))).toEqual(whole);
          expect(read(each(bytes))).toEqual(whole);
        }),
        { numRuns: 1000 },
      );
    });

    it('any stream meets its caps at the same event', () => {
      fc.assert(
        fc.property(streams, fc.nat(150), fc.integer({ min: 1, max: 100 }), (bytes, at, cap) => {
          const seen = ({ events, problem }: Outcome) => ({ events, message: problem?.message });
          for (const caps of [{ bodyBytes: cap }, { eventBytes: cap }]) {
            const whole = seen(read([bytes], caps));
            expect(seen(read(twice(bytes, at), caps))).toEqual(whole);
            expect(seen(read(each(bytes), caps))).toEqual(whole);
          }
        }),
        { numRuns: 1000 },
      );
    });
  });

  it('puts U+FFFD in the place of invalid UTF-8, and goes on', () => {
    const bytes = Buffer.concat([
      Buffer.from('data: "a'),
      Buffer.from([0xff, 0xe6, 0x97]),
      Buffer.from('b"\n\ndata: 1\n\n'),
    ]);
    expect(dataOf(read([bytes]))).toEqual(['a\uFFFD\uFFFDb', 1]);
  });

  it('drops one byte order mark at the start, and keeps those that come later', () => {
    const bytes = Buffer.from('\uFEFFdata: 1\n\ndata: "\uFEFF"\n\n');
    for (const pieces of [[bytes], each(bytes), [bytes.subarray(0, 12), bytes.subarray(12)]])
      expect(dataOf(read(pieces))).toEqual([1, '\uFEFF']);
  });

  it.each<[what: string, caps: Partial<Caps>, message: string]>([
    ['an event', { eventBytes: 10 }, 'an event of the reply is larger than caps.eventBytes, 10'],
    ['a body', { bodyBytes: 25 }, 'the reply is larger than caps.bodyBytes, 25'],
  ])('stops at %s over its cap, after the events before', (_, caps, message) => {
    const { events, problem } = read([Buffer.from('data: 1\n\ndata: 12345678\n\ndata: 2\n\n')], caps);
    expect(events.length).toBeGreaterThanOrEqual(1);
    expect(problem).toMatchObject({ _tag: 'InvalidResponse', message: expect.stringContaining(message) as string });
  });

  it('takes a body of exactly the cap', () => {
    expect(read([Buffer.from('data: 1\n\n')], { bodyBytes: 9, eventBytes: 7 })).toEqual({
      events: [{ type: 'message', data: right(1) }],
    });
  });
});
