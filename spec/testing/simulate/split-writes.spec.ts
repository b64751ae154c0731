import { splitWrites } from '../../../lib/testing/simulate/split-writes';

const split = (text: string) => splitWrites([{ bytes: Buffer.from(text), dueMs: 7 }]);

describe('splitWrites', () => {
  it('splits line ends, which it makes CRLF', () => {
    expect(split('a\nb\r\n').map(({ bytes }) => bytes.toString())).toEqual(['a\r', '\nb\r', '\n']);
  });

  it('splits every character of several bytes at each of them', () => {
    expect(split('zé😀').map(({ bytes }) => [...bytes])).toEqual([[0x7a, 0xc3], [0xa9, 0xf0], [0x9f], [0x98], [0x80]]);
  });

  it('keeps every piece a write of its own, due as before', () => {
    for (const part of split('\né')) expect(part).toMatchObject({ dueMs: 7, alone: true });
  });
});
