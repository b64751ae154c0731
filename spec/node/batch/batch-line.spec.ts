import { left, right } from 'fp-ts/Either';
import type OpenAI from 'openai';
import { completionError, type FailureFields } from '../../../lib/domain/error';
import { batchLine } from '../../../lib/node/batch/batch-line';

const request = { messages: [], metadata: { custom_id: 'request-5', line: 5 } };
const lineOfFailure = (fields: FailureFields) => batchLine(left(completionError(fields)), request, 4);

describe('batchLine', () => {
  it('is a line of the output file of the Batch API', () => {
    const completion = {
      id: 'chatcmpl-1',
      created: 7,
      model: 'm',
      choices: [{ index: 0, message: { role: 'assistant', content: 'four' }, finish_reason: 'stop' }],
      usage: { promptTokens: 24, completionTokens: 8, totalTokens: 32 },
      raw: { secret: true },
    };
    const line = batchLine(right(completion), request, 4);
    const body: Partial<OpenAI.ChatCompletion> = line.response?.body ?? {};
    expect(line).toEqual({
      id: expect.stringMatching(/^batch_req_[0-9a-f]{32}$/) as string,
      custom_id: 'request-5',
      response: { status_code: 200, request_id: 'chatcmpl-1', body },
      error: null,
    });
    expect(body).toEqual({
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 7,
      model: 'm',
      choices: completion.choices,
      usage: { prompt_tokens: 24, completion_tokens: 8, total_tokens: 32 },
    });
  });

  it('is a line of the error file of the Batch API when the vendor refused', () => {
    const fields = { status: 400, code: 'context_length_exceeded', param: 'messages', requestId: '0538a1cc' };
    expect(lineOfFailure({ _tag: 'ContextWindowExceeded', message: 'too long', ...fields })).toMatchObject({
      custom_id: 'request-5',
      response: {
        status_code: 400,
        request_id: '0538a1cc',
        body: {
          error: {
            message: 'too long',
            type: 'ContextWindowExceeded',
            param: 'messages',
            code: 'context_length_exceeded',
          },
        },
      },
      error: null,
    });
  });

  it('is named by its place when the name of its own cannot be read', () => {
    const unnamed = {
      messages: [],
      metadata: {
        get custom_id(): string {
          throw new Error('canary-7f3a');
        },
      },
    };
    expect(batchLine(left(completionError({ _tag: 'BadRequest' })), unnamed, 4)).toMatchObject({ custom_id: 'row-4' });
  });

  it.each([
    ['no vendor said anything', { _tag: 'Timeout', phase: 'total', message: 'no' }],
    ['a vendor said that all was well, and it was not', { _tag: 'InvalidResponse', status: 200, message: 'no' }],
  ] as const)('has no response when %s', (_, fields) => {
    expect(lineOfFailure(fields)).toMatchObject({ response: null, error: { code: fields._tag, message: 'no' } });
  });

  it('has the same id whenever it is written, and another for another request', () => {
    const ids = [request, request, { metadata: { custom_id: 'other' } }, 'text', 'text'].map(
      (given, index) => batchLine(left({ message: 'no' }), given, index).id,
    );
    expect(new Set(ids).size).toBe(4);
    expect(ids[0]).toBe(ids[1]);
  });

  it('makes a line of whatever a run of your own failed with', () => {
    expect(batchLine(left(new Error('broken')), 'text', 4)).toMatchObject({
      custom_id: 'row-4',
      response: null,
      error: { code: 'Error', message: 'broken' },
    });
    expect(batchLine(left('broken'), 'text', 4).error).toEqual({ code: 'Error', message: 'the request failed' });
  });
});
