import { isEventStream } from '../../lib/transport/is-event-stream';

const reply = (status: number, type?: string) => ({
  status,
  headers: type === undefined ? {} : { 'content-type': type },
});

describe('isEventStream', () => {
  it.each([
    'text/event-stream',
    'text/plain',
    'application/octet-stream',
    'application/jsonl',
    'text/json-seq',
    '',
    undefined,
  ])('a success of type %j is read as events', (type) => {
    expect(isEventStream(reply(200, type))).toBe(true);
  });

  it.each([
    'application/json',
    'APPLICATION/JSON ; charset=utf-8',
    'text/json',
    'application/problem+json',
    'text/html;charset=utf-8',
  ])('a success of type %j is whole', (type) => {
    expect(isEventStream(reply(200, type))).toBe(false);
  });

  it.each([101, 304, 307, 400, 429, 500])('one with status %d is whole, whatever its type', (status) => {
    expect(isEventStream(reply(status, 'text/event-stream'))).toBe(false);
  });
});
