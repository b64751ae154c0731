import { right } from 'fp-ts/Either';
import type { ErrorRule } from '../../../lib/provider/error-rule';
import { anthropic } from '../../../lib/provider/anthropic/anthropic';
import { anthropicErrorRules } from '../../../lib/provider/anthropic/anthropic-errors';
import { anthropicFailure } from '../../../lib/provider/anthropic/anthropic-failure';
import { chunksOf } from '../chunks-of';
import { anthropicFailures } from '../fixtures/anthropic-failures';
import { replyOf, unreadableReply } from '../reply-of';

const provider = anthropic({ model: 'claude-sonnet-4-5', apiKey: 'not-a-key' });
const cases = anthropicFailures.map((fixture) => [`${fixture.of} (${String(fixture.status)})`, fixture] as const);

describe('what a failure of Anthropic means', () => {
  it.each(cases)('%s', (_, { status, body, of: _of, tag, ...rest }) => {
    expect(provider.toError(replyOf(status, body))).toMatchObject({
      _tag: tag,
      status,
      provider: 'anthropic',
      ...rest,
    });
  });

  it.each(cases.filter(([, { body }]) => anthropicFailure(body) !== undefined))(
    'in an event of a stream, by its code or message alone: %s',
    (_, { body, tag }) => {
      const failed = chunksOf(provider, [{ type: 'error', data: right(body) }], replyOf(200, undefined));
      expect(failed).toMatchObject({ _tag: 'Left', left: { _tag: tag, status: 200 } });
    },
  );

  it.each(anthropicErrorRules.flatMap(({ says = [] }) => says.map((pattern) => [pattern] as const)))(
    'has a sentence of Anthropic for %s',
    (pattern) => {
      const sentences = anthropicFailures.map(({ body }) => anthropicFailure(body)?.message ?? '');
      expect(sentences.filter((sentence) => pattern.test(sentence))).not.toEqual([]);
    },
  );

  it.each(anthropicErrorRules.flatMap(({ codes = [] }) => codes.map((code) => [code] as const)))(
    'has a body of Anthropic with %s',
    (code) => {
      const codes = anthropicFailures.map(({ body }) => anthropicFailure(body)?.codes[0]);
      expect(codes).toContain(code);
    },
  );

  it('needs each of its rows', () => {
    const idle = anthropicErrorRules.filter((row: ErrorRule) =>
      anthropicFailures.every(({ status, body }) => {
        const { codes = [], message = '' } = anthropicFailure(body) ?? {};
        const fits = ({ codes: known, says, status: when }: ErrorRule) =>
          (known === undefined || codes.some((code) => known.includes(code))) &&
          (says === undefined || says.some((pattern) => pattern.test(message))) &&
          (when === undefined || (typeof when === 'function' ? when(status) : when.includes(status)));
        return anthropicErrorRules.find(fits) !== row;
      }),
    );
    expect(idle).toEqual([]);
  });

  it('does not take an echo of the prompt for an empty account', () => {
    const echo = (words: string) => {
      const body = { type: 'error', error: { type: 'invalid_request_error', message: `stop_sequences: '${words}'` } };
      return provider.toError(replyOf(400, body))._tag;
    };
    expect([echo('Your credit balance is too low'), echo('This organization has been disabled')]).toEqual([
      'BadRequest',
      'BadRequest',
    ]);
  });

  it('carries the id of the request, the advice of the server, and no page of HTML', () => {
    const headers = { 'request-id': 'req_018EeWyXxfu5pfWkrYcMdjWG', 'x-should-retry': 'false' };
    expect(provider.toError(replyOf(529, {}, headers))).toMatchObject({
      requestId: 'req_018EeWyXxfu5pfWkrYcMdjWG',
      isRetryable: false,
    });
    const page = provider.toError(unreadableReply(502, 'not-json', '<html>prompt is too long</html>'));
    expect(page).toMatchObject({ _tag: 'ServerError', message: expect.not.stringContaining('html') });
  });

  it('repeats what a developer must know, and nothing of the request', () => {
    const prompt = 'the quick brown fox jumps over the lazy dog';
    const call = provider.toCall({ messages: [{ role: 'user', content: prompt }] }, { stream: false });
    if (call._tag === 'Left') throw call.left;
    const message = `messages.0.content: '${prompt}' is not allowed`;
    const failed = provider.toError(
      replyOf(400, { type: 'error', error: { type: 'invalid_request_error', message } }),
      call.right,
    );
    expect(failed.message).toContain("anthropic says: messages.0.content: '…' is not allowed");
  });
});
