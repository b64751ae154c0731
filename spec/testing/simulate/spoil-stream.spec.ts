import type { Fault } from '../../../lib/testing/simulate/choose-fault';
import { spoilStream } from '../../../lib/testing/simulate/spoil-stream';
import type { StreamedReply } from '../../../lib/testing/simulate/wire-format';

const stream: StreamedReply = {
  headers: {},
  parts: [
    { text: 'start\n\n', tokens: 0 },
    { text: 'data: one\n\n', tokens: 1 },
    { text: 'data: two\n\n', tokens: 2 },
    { text: 'data: three\n\n', tokens: 0.5 },
    { text: 'stop\n\n', tokens: 0 },
    { text: 'end\n\n', tokens: 0 },
  ],
  failure: 'failed\n\n',
};

const sent = (fault: Fault | undefined, at: number, from = stream) => {
  const { parts, ending } = spoilStream(from, fault, at, 10);
  return `${parts.map(({ bytes }) => bytes.toString().replaceAll('\n', '')).join('|')} ${ending}`;
};

describe('spoilStream', () => {
  it.each<[Fault | undefined, string, string]>([
    [
      undefined,
      'start|data: one|data: two|data: three|stop|end end',
      'start|data: one|data: two|data: three|stop|end end',
    ],
    ['malformed', 'start|data: one|data: |data: three|stop|end end', 'start|data: one|data: two|data: t|stop|end end'],
    ['cut', 'start|data: one|data:  cut', 'start|data: one|data: two|data: t cut'],
    ['stallMidStream', 'start|data: one stall', 'start|data: one|data: two stall'],
    ['errorEvent', 'start|data: one|failed end', 'start|data: one|data: two|failed end'],
    ['noEnd', 'start|data: one|data: two|data: three end', 'start|data: one|data: two|data: three end'],
  ])('spoils by %s, as early and as late as it may', (fault, early, late) => {
    expect([sent(fault, 0), sent(fault, 0.999)]).toEqual([early, late]);
  });

  it('sends each part after the tokens before it', () => {
    expect(spoilStream(stream, undefined, 0, 10).parts.map(({ dueMs }) => dueMs)).toEqual([0, 0, 10, 30, 35, 35]);
  });

  it('drips the whole body, however it was cut', () => {
    const { parts } = spoilStream(stream, 'slowBody', 0, 10);
    expect(parts.length).toBeGreaterThan(15);
    expect(parts.map(({ dueMs }) => dueMs)).toEqual(parts.map((_, piece) => (piece + 1) * 100));
    expect(Buffer.concat(parts.map(({ bytes }) => bytes)).toString()).toBe(
      stream.parts.map(({ text }) => text).join(''),
    );
  });

  it('spoils a stream with one piece after that piece', () => {
    const short = { ...stream, parts: stream.parts.slice(0, 2) };
    expect(sent('errorEvent', 0.9, short)).toBe('start|data: one|failed end');
  });

  it('spoils a stream without content after its first part', () => {
    const empty = { ...stream, parts: stream.parts.filter(({ tokens }) => tokens === 0) };
    expect(sent('stallMidStream', 0.9, empty)).toBe('start stall');
    expect(sent('noEnd', 0.9, empty)).toBe('start end');
  });
});
