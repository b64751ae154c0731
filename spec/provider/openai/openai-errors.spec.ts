import { openAIErrorRules } from '../../../lib/provider/openai/openai-errors';
import { openAICompatible } from '../../../lib/provider/openai/openai-compatible';
import { vendorFailure } from '../../../lib/provider/vendor-failure';
import { failures } from '../fixtures/failures';
import { replyOf, unreadableReply } from '../reply-of';

const provider = openAICompatible({ name: 'acme', model: 'm', baseURL: 'http://localhost/v1', apiKey: 'not-a-key' });

describe('what a failure in the wire format of OpenAI means', () => {
  it.each(failures.map((fixture) => [`${fixture.of} (${String(fixture.status)})`, fixture] as const))(
    '%s',
    (_, { status, body, of: _of, tag, ...rest }) => {
      const error = provider.toError(replyOf(status, body));
      expect(error).toMatchObject({ _tag: tag, status, provider: 'acme', ...rest });
    },
  );

  it.each(openAIErrorRules.flatMap(({ says = [] }) => says.map((pattern) => [pattern] as const)))(
    "has a vendor's sentence for %s",
    (pattern) => {
      const sentences = failures.map(({ body }) => vendorFailure(body)?.message ?? '');
      expect(sentences.filter((sentence) => pattern.test(sentence))).not.toEqual([]);
    },
  );

  it('has a fixture for each tag that a reply can have', () => {
    const tags = new Set(failures.map(({ tag }) => tag));
    expect(openAIErrorRules.map(({ tag }) => tag).filter((tag) => !tags.has(tag))).toEqual([]);
  });

  it.each(
    openAIErrorRules.flatMap(({ codes = [], says, tag, status }) => {
      const believed = Array.isArray(status) ? (status as readonly number[]) : [400];
      return codes.map((code) => [code, tag, believed.includes(400) ? 400 : believed[0]!, says] as const);
    }),
  )('knows the code %s, a %s, from a %d', (code, tag, status, says) => {
    const message = says === undefined ? 'no' : 'Request too large for m';
    expect(provider.toError(replyOf(status, { error: { code: code.toUpperCase(), message } }))._tag).toBe(tag);
  });

  it('obeys x-should-retry', () => {
    const retried = provider.toError(replyOf(400, {}, { 'x-should-retry': 'true' }));
    const given = provider.toError(replyOf(500, {}, { 'x-should-retry': 'false' }));
    const unclear = provider.toError(replyOf(500, {}, { 'x-should-retry': 'perhaps' }));
    expect([retried.isRetryable, given.isRetryable, unclear.isRetryable]).toEqual([true, false, true]);
  });

  it('carries the id of the request, when it is one', () => {
    expect(
      provider.toError(replyOf(500, {}, { 'x-request-id': 'req_f287898caa6364cd42bc01355f74dd2a' })).requestId,
    ).toBe('req_f287898caa6364cd42bc01355f74dd2a');
    expect(provider.toError(replyOf(500, {}, { 'x-request-id': 'a sentence, no id' }))).not.toHaveProperty('requestId');
  });

  it.each([
    ['an empty body', unreadableReply(500, 'empty'), 'ServerError'],
    ['a page of HTML', unreadableReply(404, 'not-json', '<html>maximum context length</html>'), 'NotFound'],
    ['a body nested too deep', unreadableReply(400, 'too-deep', '[[['), 'BadRequest'],
    ['a refusal in plain text', unreadableReply(400, 'not-json', 'prompt is too long'), 'ContextWindowExceeded'],
  ])('reads %s', (_, reply, tag) => {
    expect(provider.toError(reply)._tag).toBe(tag);
  });

  it('does not take an echo of the prompt for a wrong key or an empty account', () => {
    const echo = (words: string) =>
      provider.toError(replyOf(400, { error: { message: `Bad input: '${words}'` } }))._tag;
    expect([echo('incorrect api key'), echo('insufficient balance'), echo('your credit balance is too low')]).toEqual([
      'BadRequest',
      'BadRequest',
      'BadRequest',
    ]);
  });
});

describe("the vendor's sentence", () => {
  const prompt = 'the quick brown fox jumps over the lazy dog';
  const said = (status: number, body: unknown): string => {
    const call = provider.toCall({ model: 'group', messages: [{ role: 'user', content: prompt }] }, { stream: false });
    if (call._tag === 'Left') throw call.left;
    return provider.toError(replyOf(status, body), call.right).message;
  };
  const message = (text: string) => ({ error: { message: text } });

  it('follows ours for 400, 404 and 422, and for no other status', () => {
    expect(said(400, message('top_k must be at least 1'))).toBe(
      'the request was refused (status 400): change it, asking again would not help. acme says: top_k must be at least 1',
    );
    const quoting = [400, 401, 402, 403, 404, 408, 409, 413, 422, 429, 500, 503].filter((status) =>
      said(status, message('these words')).includes('these words'),
    );
    expect(quoting).toEqual([400, 404, 422]);
  });

  it('says nothing of keys, whatever the status', () => {
    expect(said(400, message('Incorrect API key provided: na***ys'))).not.toContain('acme says');
  });

  it('reads the places of FastAPI', () => {
    expect(
      said(422, { detail: [{ loc: ['body', 'messages', 0, 'role'], msg: 'field required', input: prompt }] }),
    ).toContain('acme says: messages.0.role: field required');
  });

  it('shows nothing of the request', () => {
    expect(said(400, message(`Could not parse '${prompt}' at 7`))).toContain("acme says: Could not parse '…' at 7");
  });

  it('is left out when it is not known what was sent', () => {
    expect(provider.toError(replyOf(400, message(prompt))).message).toBe(
      'the request was refused (status 400): change it, asking again would not help',
    );
  });
});
