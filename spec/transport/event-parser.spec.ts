import * as fc from 'fast-check';
import { eventParser } from '../../lib/transport/event-parser';
import { cpuClock } from '../support/cpu-clock';

type Event = readonly [type: string, data: string];

/** The events in pieces of text, and whether they were within the cap. */
function parsed(
  pieces: Iterable<string>,
  eventBytes = 1_000_000,
): { readonly events: readonly Event[]; readonly fits: boolean } {
  const events: Event[] = [];
  const parse = eventParser({ eventBytes }, (type, data) => events.push([type, data]));
  for (const piece of pieces) if (!parse(piece)) return { events, fits: false };
  return { events, fits: true };
}

/** The rules of the WHATWG, word by word, on a stream that is there as a whole. */
function byTheBook(text: string): readonly Event[] {
  const events: Event[] = [];
  let [type, data]: [string, string] = ['', ''];
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  for (const line of lines.slice(0, -1)) {
    if (line === '') {
      if (data !== '') events.push([type === '' ? 'message' : type, data.slice(0, -1)]);
      [type, data] = ['', ''];
    } else if (!line.startsWith(':')) {
      const [, field, value] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
      if (field === 'event') type = value ?? '';
      if (field === 'data') data += `${value ?? ''}\n`;
    }
  }
  return events;
}

describe('eventParser', () => {
  it.each<[what: string, text: string, events: readonly Event[]]>([
    ['data', 'data: a\n\n', [['message', 'a']]],
    ['data without a space', 'data:a\n\n', [['message', 'a']]],
    ['one space is not the data, two are', 'data:  a\n\n', [['message', ' a']]],
    ['a bare data line', 'data\n\n', [['message', '']]],
    ['an empty data line', 'data:\n\n', [['message', '']]],
    ['several data lines', 'data: a\ndata:b\ndata\ndata: c\n\n', [['message', 'a\nb\n\nc']]],
    ['two bare data lines', 'data\ndata\n\n', [['message', '\n']]],
    ['a type', 'event: ping\ndata: a\n\n', [['ping', 'a']]],
    ['a type after its data', 'data: a\nevent: ping\n\n', [['ping', 'a']]],
    ['the last of two types', 'event: a\nevent:b\ndata: 1\n\n', [['b', '1']]],
    ['an empty type', 'event: a\nevent\ndata: 1\n\n', [['message', '1']]],
    ['a type without data, forgotten', 'event: a\n\ndata: 1\n\n', [['message', '1']]],
    ['nothing but blank lines', '\n\n\r\r\n\n', []],
    ['comments', ': hi\n:\ndata: a\n: there\ndata: b\n\n', [['message', 'a\nb']]],
    ['ids, one with NUL, and retries', 'id: 1\nid: \0\nretry: 5\nretry: x\ndata: a\n\n', [['message', 'a']]],
    ['unknown fields', 'datas: x\ndat: x\nData: x\n data: x\nevents: x\nfoo\ndata: a\n\n', [['message', 'a']]],
    ['a colon in the data', 'data: a: b\n\n', [['message', 'a: b']]],
    ['a last event without a blank line', 'data: a\n\ndata: b\n', [['message', 'a']]],
    ['a last line without an end', 'data: a\n\ndata: b', [['message', 'a']]],
    ['one byte order mark', '\uFEFFdata: a\n\n', [['message', 'a']]],
    [
      'a second byte order mark, of a field that nobody knows',
      '\uFEFF\uFEFFdata: a\n\ndata: b\n\n',
      [['message', 'b']],
    ],
    ['a byte order mark in data', 'data: \uFEFFa\n\n', [['message', '\uFEFFa']]],
    ['CR', 'data: a\r\rdata: b\r\r', [['message', 'a'], ['message', 'b']]], // prettier-ignore
    ['CRLF', 'data: a\r\n\r\ndata: b\r\n\r\n', [['message', 'a'], ['message', 'b']]], // prettier-ignore
    ['all line ends at once', 'event: x\rdata: a\r\ndata: b\n\r\ndata: c\n\rdata: d\r\n\n', [['x', 'a\nb'], ['message', 'c'], ['message', 'd']]], // prettier-ignore
    ['LF CR, which is two ends', 'data: a\n\rdata: b\n\r', [['message', 'a'], ['message', 'b']]], // prettier-ignore
  ])('reads %s', (_, text, events) => {
    expect(parsed([text]).events).toEqual(events);
    expect(parsed(text).events).toEqual(events);
    expect(byTheBook(text)).toEqual(events);
  });

  it('gives an event that ends in CR at once, though LF may follow', () => {
    const events: Event[] = [];
    const parse = eventParser({ eventBytes: 100 }, (type, data) => events.push([type, data]));
    parse('data: a\r\n\r');
    expect(events).toEqual([['message', 'a']]);
    parse('\ndata: b\r\r');
    expect(events).toEqual([
      ['message', 'a'],
      ['message', 'b'],
    ]);
  });

  const word = fc.constantFrom('data', 'event', 'id', 'x', ':', ': ', ' ', '\n', '\r', '\r\n', '\n\n', '\uFEFF', 'é', '日', '\u{1F600}', '{}'); // prettier-ignore
  const streams = fc.array(word, { maxLength: 40 }).map((words) => words.join(''));
  const cuts = fc.array(fc.nat(100), { maxLength: 10 });
  const pieces = (text: string, at: readonly number[]) => {
    const places = [0, ...at.map((place) => Math.min(place, text.length)).sort((a, b) => a - b), text.length];
    return places.slice(1).map((end, index) => text.slice(places[index], end));
  };

  it('does what the standard says, wherever the stream is cut', () => {
    fc.assert(
      fc.property(streams, cuts, (text, at) => {
        expect(parsed(pieces(text, at)).events).toEqual(byTheBook(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('stops at the same event and the same cap, wherever the stream is cut', () => {
    fc.assert(
      fc.property(streams, cuts, fc.integer({ min: 1, max: 30 }), (text, at, cap) => {
        const whole = [...pieces(text, at)];
        expect(parsed(whole, cap)).toEqual(parsed([text], cap));
      }),
      { numRuns: 2000 },
    );
  });

  describe('the cap', () => {
    it.each([
      ['a line', 'data: abcd\n\n', 10],
      ['a line in wide characters', 'data: \u65e5é\n\n', 11],
      ['a pair of surrogates', 'data: \u{1F600}\n\n', 10],
      ['a comment', ':123456789\n', 10],
      ['the lines of an event', 'data:a\ndata:b\n\n', 12],
      ['the data and a comment', 'data:a\n:123\n\n', 10],
    ])('is in bytes, of %s', (_, text, bytes) => {
      for (const cut of [[text], Array.from(text)]) {
        expect(parsed(cut, bytes).fits).toBe(true);
        expect(parsed(cut, bytes - 1).fits).toBe(false);
      }
    });

    it('does not add up comments, unknown fields, types and events', () => {
      const text = ': ping\nfoo: bar\nid: 1\nretry: 1\nevent: x\n';
      expect(parsed([`${text.repeat(1000)}data: a\n\n`.repeat(3)], 20).fits).toBe(true);
      expect(parsed(['data: a\n\n'.repeat(1000)], 20).fits).toBe(true);
    });

    it('gives the events that came before', () => {
      expect(parsed(['data: a\n\ndata: too long\n\n'], 10)).toEqual({ events: [['message', 'a']], fits: false });
    });
  });

  describe('time', () => {
    /** How long it takes to read the pieces (ms). */
    const time = (list: readonly string[]): number => {
      const tookMs = cpuClock();
      expect(parsed(list, 100_000_000).fits).toBe(true);
      return tookMs();
    };

    it.each<[what: string, pieces: (length: number) => readonly string[]]>([
      ['one event, character by character', (length) => Array.from(`data: ${'x'.repeat(length)}\n\n`)],
      ['one event of short lines', (length) => ['data: x\n'.repeat(length / 8)]],
      ['one event of short lines, character by character', (length) => Array.from('data: x\n'.repeat(length / 8))],
      ['short lines before a far CR', (length) => [`${': x\n'.repeat(length / 4)}\r`]],
      ['short lines before a far LF', (length) => [`${': x\r'.repeat(length / 4)}\n`]],
      ['fields without a colon', (length) => ['dat\n'.repeat(length / 4)]],
      ['pings beside a large event', (length) => [`data: ${'x'.repeat(length / 2)}\n`, ...Array.from({ length: length / 20 }, () => ': ping\n')]], // prettier-ignore
    ])('is linear: %s', (_, piecesOf) => {
      const [small, large] = [piecesOf(16_000), piecesOf(1_024_000)];
      time(small);
      const rounds = Array.from({ length: 4 }, () => [time(small), time(large)] as const); // by turns: the machine has other work
      const [least, most] = [0, 1].map((which) => Math.min(...rounds.map((round) => round[which] ?? 0)));
      expect(most).toBeLessThan(512 * Math.max(least ?? 0, 0.5)); // 64 times as long; squared it would be 4096
    });
  });
});
