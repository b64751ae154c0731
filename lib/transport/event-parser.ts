import type { Caps } from './caps';
import { utf8Length } from './utf8-length';

/**
 * Reads an event stream by the rules of the WHATWG, from text that comes cut anywhere; `emit` is called for each event, with its type
 * (`message` when it names none) and its data. Gives false, and must not be fed again, as soon as the data of one event and
 * the line under way are together more than `eventBytes` of UTF-8: comments and fields that nobody knows count only while they are that line.
 * `id` and `retry` are for who would reconnect. An event without a blank line behind it is not one.
 *
 * Each character is looked at once or twice, however it comes: a piece is searched for both line ends by turns,
 * and a line that grows is a rope that is flattened when it has ended.
 *
 * @example eventParser({ eventBytes: 1000 }, (type, data) => console.log(type, data))('data: {}\n\n') // message {}
 */
export function eventParser(
  { eventBytes }: Pick<Caps, 'eventBytes'>,
  emit: (type: string, data: string) => void,
): (text: string) => boolean {
  let type = '';
  let data: string | undefined;
  let dataBytes = 0;
  let partial = '';
  /** Bytes of `partial`, known from when it could be too long. */
  let partialBytes: number | undefined;
  let isFirst = true;
  let isAfterCr = false;

  const dispatch = (): void => {
    if (data !== undefined) emit(type === '' ? 'message' : type, data);
    type = '';
    data = undefined;
    dataBytes = 0;
  };

  /** A line is counted only when it could be too long: counting costs more than all the rest. */
  const isTooLarge = (text: string, start: number, end: number): boolean => {
    const room = eventBytes - dataBytes;
    if (3 * (partial.length + end - start) <= room) return false;
    return (partialBytes ?? utf8Length(partial)) + utf8Length(text, start, end) > room;
  };

  /** Adds to the line under way; false when it is too large. */
  const hold = (rest: string): boolean => {
    const room = eventBytes - dataBytes;
    partial += rest;
    if (partialBytes !== undefined) partialBytes += utf8Length(rest);
    else if (3 * partial.length > room) partialBytes = utf8Length(partial);
    return partialBytes === undefined || partialBytes <= room;
  };

  /** `isLast`: a blank line is next. Then the data need not be held, nor counted. */
  const takeLine = (text: string, start: number, end: number, isLast: boolean): void => {
    if (start === end) {
      dispatch();
      return;
    }
    const first = text.charCodeAt(start);
    if (first === letterD) {
      const from = valueOf('data', text, start, end);
      if (from === -1) return;
      const value = text.slice(from, end);
      data = data === undefined ? value : `${data}\n${value}`;
      if (isLast) dispatch();
      else dataBytes += utf8Length(text, start, end);
    } else if (first === letterE) {
      const from = valueOf('event', text, start, end);
      if (from !== -1) type = text.slice(from, end);
    }
  };

  return (text) => {
    if (text === '') return true;
    let at = 0;
    if (isFirst && text.charCodeAt(0) === byteOrderMark) at = 1;
    if (isAfterCr && text.charCodeAt(0) === lineFeed) at = 1;
    isFirst = false;
    isAfterCr = false;
    let cr = text.indexOf('\r', at);
    let lf = text.indexOf('\n', at);
    while (cr !== -1 || lf !== -1) {
      const start = at;
      const end = cr === -1 || (lf !== -1 && lf < cr) ? lf : cr;
      at = end + 1;
      if (end === cr) {
        if (lf === at) at++;
        else isAfterCr = at === text.length;
        cr = text.indexOf('\r', at);
      }
      if (lf !== -1 && lf < at) lf = text.indexOf('\n', at);
      if (isTooLarge(text, start, end)) return false;
      const isLast = at === cr || at === lf;
      if (partial === '') takeLine(text, start, end, isLast);
      else {
        const line = partial + text.slice(start, end);
        partial = '';
        partialBytes = undefined;
        takeLine(line, 0, line.length, isLast);
      }
    }
    return hold(text.slice(at));
  };
}

/** Where the value of the field begins, or -1 when the line is not this field. */
function valueOf(name: string, text: string, start: number, end: number): number {
  if (!text.startsWith(name, start)) return -1;
  const after = start + name.length;
  if (after === end) return end;
  if (text.charCodeAt(after) !== colon) return -1;
  return text.charCodeAt(after + 1) === space ? after + 2 : after + 1;
}

const [lineFeed, space, colon, letterD, letterE, byteOrderMark] = [0x0a, 0x20, 0x3a, 0x64, 0x65, 0xfeff];
