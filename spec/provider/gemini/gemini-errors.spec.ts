import { gemini } from '../../../lib/provider/gemini/gemini';
import { geminiErrorRules } from '../../../lib/provider/gemini/gemini-errors';
import { geminiFailure } from '../../../lib/provider/gemini/gemini-failure';
import { geminiFailures } from '../fixtures/gemini-failures';
import { replyOf, unreadableReply } from '../reply-of';

const provider = gemini({ model: 'gemini-2.5-flash', apiKey: 'not-a-key' });
const said = geminiFailures.flatMap(({ body }) => geminiFailure(body) ?? []);

describe("what a failure of Gemini's means", () => {
  it.each(geminiFailures.map((fixture) => [`${fixture.of} (${String(fixture.status)})`, fixture] as const))(
    '%s',
    (_, { status, body, of: _of, tag, ...rest }) => {
      expect(provider.toError(replyOf(status, body))).toMatchObject({ _tag: tag, status, provider: 'gemini', ...rest });
    },
  );

  it.each(geminiErrorRules.flatMap(({ says = [] }) => says.map((pattern) => [pattern] as const)))(
    'has a sentence for %s',
    (pattern) => {
      expect(said.filter(({ message = '' }) => pattern.test(message))).not.toEqual([]);
    },
  );

  it.each(['out_of_range', 'aborted', 'unknown', 'data_loss'])('knows the code %s', (code) => {
    const { _tag } = provider.toError(replyOf(200, { error: { status: code.toUpperCase(), message: 'no' } }));
    expect(_tag).toBe(code === 'out_of_range' ? 'BadRequest' : 'ServerError');
  });

  it('means the same in a 200', () => {
    const ofBodies = geminiFailures.filter(({ body }) => geminiFailure(body)?.status !== undefined);
    const tags = ofBodies.map(({ body }) => {
      const decoded = provider.toCompletion(replyOf(200, body));
      return decoded._tag === 'Left' ? decoded.left._tag : 'a completion';
    });
    expect(tags).toEqual(ofBodies.map(({ tag }) => tag));
  });

  it.each([
    ['34.07s', 34_070],
    ['1s', 1000],
    ['0s', undefined],
    ['-3s', undefined],
    ['1e9s', undefined],
    ['soon', undefined],
    ['9999999999999s', undefined],
    [7, undefined],
    [null, undefined],
  ])('reads the wait %j as %j ms', (retryDelay, ms) => {
    const body = { error: { code: 429, status: 'RESOURCE_EXHAUSTED', details: [null, { retryDelay }] } };
    expect(provider.toError(replyOf(429, body)).retryAfterMs).toBe(ms);
  });

  it.each([
    ['an empty body', unreadableReply(500, 'empty'), 'ServerError'],
    ['a page of HTML', unreadableReply(404, 'not-json', '<html>limit: 0</html>'), 'NotFound'],
    ['details that are none', replyOf(400, { error: { code: 400, details: { violations: 7 } } }), 'BadRequest'],
    ['violations that are none', replyOf(429, { error: { details: [{ violations: [null, 7] }] } }), 'RateLimited'],
    ['an error in a string', replyOf(400, { error: 'API key not valid.' }), 'Authentication'],
  ])('reads %s', (_, reply, tag) => {
    expect(provider.toError(reply)._tag).toBe(tag);
  });

  it("quotes Google's sentence for a refused request, without what stands in it", () => {
    const call = provider.toCall({ messages: [{ role: 'user', content: 'the quick brown fox' }] }, { stream: false });
    if (call._tag === 'Left') throw call.left;
    const body = { error: { code: 400, status: 'INVALID_ARGUMENT', message: "Cannot read 'the quick brown fox'." } };
    expect(provider.toError(replyOf(400, body), call.right).message).toContain("gemini says: Cannot read '…'.");
    const keyless = { error: { code: 400, message: 'API key not valid: not-a-key' } };
    expect(provider.toError(replyOf(400, keyless), call.right).message).not.toContain('gemini says');
  });
});
