import { left, right } from 'fp-ts/Either';
import { problemOf } from '../../../lib/domain/unreadable-request';
import { requestOfRecord } from '../../../lib/node/batch/request-of-record';

const messages = [{ role: 'user' as const, content: 'hi' }];
const other = () => right({ messages: [{ role: 'user' as const, content: 'by other' }] });

describe('requestOfRecord', () => {
  it.each([
    ['a prompt', 'hi'],
    ['messages', messages],
    ['a body', { messages }],
    ['a body with a name', { custom_id: 'line-3', messages }],
    ['a body with an id', { id: 'line-3', messages }],
    ['a line of a batch', { custom_id: 'line-3', method: 'POST', url: '/v1/chat/completions', body: { messages } }],
    ['a line of a batch without its address', { custom_id: 'line-3', body: { messages } }],
  ])('knows %s', (_, record) => {
    const shouldNotBeAsked = () => left('asked');
    expect(requestOfRecord(record, 3, shouldNotBeAsked)).toEqual({
      messages,
      metadata: { custom_id: 'line-3', line: 3 },
    });
  });

  it.each([
    ['a table with a column url and one body', { url: 'https://example.com', body: 'a text' }],
    ['a table with a column body that is named', { custom_id: 'a', body: 'a text' }],
    ['a table with a column messages', { id: 1, messages: 'a text' }],
    ['records of requests to something else', { url: '/', body: { text: 'a text' } }],
  ])('leaves %s to whoever knows its fields', (_, record) => {
    expect(requestOfRecord(record, 3, other).messages[0]?.content).toBe('by other');
  });

  it('puts its own metadata in the place of those of the body', () => {
    const body = { messages, metadata: { project: 'x' } };
    const own = { custom_id: 'a', line: 1 };
    expect(requestOfRecord({ custom_id: 'a', body }, 1, other).metadata).toEqual(own);
    expect(requestOfRecord({ custom_id: 'a', ...body }, 1, other).metadata).toEqual(own);
  });

  it.each([
    [{ custom_id: 'a', id: 'b' }, 'a'],
    [{ custom_id: '', id: 'b' }, 'b'],
    [{ id: 7 }, '7'],
    [{ id: 0 }, '0'],
    [{ id: null }, 'line-3'],
    [{ id: { a: 1 } }, 'line-3'],
    [{ id: '' }, 'line-3'],
  ])('names the request of %j %s, also when it cannot be read', (record, custom_id) => {
    expect(requestOfRecord(record, 3, other).metadata).toEqual({ custom_id, line: 3 });
    expect(requestOfRecord(record, 3).metadata).toEqual({ custom_id, line: 3 });
  });

  it.each([
    ['an array of records', [{ text: 'a' }, { text: 'b' }]],
    ['an empty array', []],
    ['an array of prompts', ['a', 'b']],
  ])('says of %s on one line how to write it', (_, record) => {
    expect(problemOf(requestOfRecord(record, 1, other))).toBe(
      'line 1: a list, but not of messages: write one record a line (jq -c ".[]")',
    );
  });

  it('wants a name of a line of a batch, as the Batch API does', () => {
    const line = { method: 'POST', url: '/v1/chat/completions', body: { messages } };
    expect(problemOf(requestOfRecord(line, 2))).toBe('line 2: custom_id must be a text that is not empty');
    expect(problemOf(requestOfRecord({ ...line, custom_id: '' }, 2))).toBe(
      'line 2: custom_id must be a text that is not empty',
    );
    expect(problemOf(requestOfRecord({ custom_id: 'a', method: 'POST', url: '/v1/chat/completions' }, 2))).toBe(
      'line 2: body must be an object',
    );
  });
});
