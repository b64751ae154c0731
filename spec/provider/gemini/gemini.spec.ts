import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { isLeft } from 'fp-ts/Either';
import { of } from 'rxjs';
import type { CompletionRequest } from '../../../lib/domain/request';
import { gemini } from '../../../lib/provider/gemini/gemini';
import type { CallOptions } from '../../../lib/provider/provider';
import type { Call } from '../../../lib/transport/transport';

const request: CompletionRequest = { model: 'group', messages: [{ role: 'user', content: 'hello' }] };

function callOf(options: object = {}, asked: object = {}, how: Partial<CallOptions> = {}): Call {
  const provider = gemini({ model: 'gemini-2.5-flash', apiKey: 'k-1', ...options });
  const call = provider.toCall({ ...request, ...asked }, { stream: false, ...how });
  if (isLeft(call)) throw call.left;
  return call.right;
}

describe('gemini', () => {
  it('posts to generateContent, with the key in a header', () => {
    expect(callOf()).toEqual({
      method: 'POST',
      url: 'https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent',
      headers: { 'x-goog-api-key': 'k-1', 'content-type': 'application/json', accept: 'application/json' },
      body: '{"contents":[{"role":"user","parts":[{"text":"hello"}]}]}',
    });
  });

  it('streams as events', () => {
    const { url, stream, body } = callOf({}, {}, { stream: true });
    expect([url, stream]).toEqual([
      'https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse',
      true,
    ]);
    expect(body).toBe(callOf().body);
  });

  it.each([
    ['models/gemini-2.5-flash', 'models/gemini-2.5-flash'],
    ['tunedModels/my-own', 'tunedModels/my-own'],
    ['/../x', 'models/%2F..%2Fx'],
    ['models/../../x', 'models/..%2F..%2Fx'],
    ['..', 'models/..'],
    ['a?key=b', 'models/a%3Fkey%3Db'],
    ['a#b', 'models/a%23b'],
    ['@evil.example', 'models/%40evil.example'],
    ['a\nb', 'models/a%0Ab'],
  ])('keeps the model %j in its place', (model, path) => {
    const { url } = callOf({ model });
    expect(url).toBe(`https://generativelanguage.googleapis.com/v1beta/${path}:generateContent`);
    expect(new URL(url).href).toBe(url);
  });

  it('law: no model moves the call, be it fixed or the star of another', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.constantFrom('*', undefined), (name, star) => {
        fc.pre(!/^(?:tunedModels|models)\/|(?:^|\/)\s*$/.test(name) && (star === undefined || !/^\.\.?$/.test(name)));
        const { origin, pathname, search, hash } = new URL(callOf({ model: star ?? name }, {}, { model: name }).url);
        expect([origin, pathname.split('/').length, search, hash]).toEqual([
          'https://generativelanguage.googleapis.com',
          4,
          '',
          '',
        ]);
      }),
    );
  });

  it.each(['http://localhost:8080', 'http://localhost:8080/'])('is served from %s', (baseURL) => {
    expect(callOf({ baseURL }).url).toBe('http://localhost:8080/v1beta/models/gemini-2.5-flash:generateContent');
  });

  it.each([
    ['model', { model: '' }],
    ['model', { model: 'models/' }],
    ['model', { model: undefined }],
    ['apiKey', { apiKey: undefined }],
    ['apiKey', { apiKey: 'canary\r\n' }],
    ['baseURL', { baseURL: 'https://canary@example.com' }],
    ['headers.x-a', { headers: { 'x-a': 'canary\n' } }],
  ])('refuses a wrong %s', (field, options) => {
    const making = () => callOf(options);
    expect(making).toThrow(TypeError);
    expect(making).toThrow(`gemini: ${field}`);
    expect(making).not.toThrow(/canary/);
  });

  it('asks a key function before each attempt, and uses what it gave', () => {
    const provider = gemini({ model: 'm', apiKey: () => of('k-2') });
    expect(provider.key?.()).toBeDefined();
    expect(provider.toCall(request, { stream: false, key: 'k-2' })).toMatchObject({
      right: { headers: { 'x-goog-api-key': 'k-2' } },
    });
    expect(provider.toCall(request, { stream: false, key: 'a\nb' })).toMatchObject({
      left: { _tag: 'Authentication' },
    });
  });

  it('shows its key to nobody', () => {
    const provider = gemini({ model: 'm', apiKey: 'canary' });
    expect(`${inspect(provider, { depth: 9, showHidden: true })}${JSON.stringify(provider)}`).not.toContain('canary');
  });
});

describe('a field that Gemini has nothing like', () => {
  const refusals: readonly (readonly [string, object])[] = [
    ['logit_bias', { logit_bias: { '50256': -100 } }],
    ['parallel_tool_calls', { parallel_tool_calls: false }],
    ['user', { user: 'u-1' }],
    ['store', { store: true }],
    ['response_format', { response_format: { type: 'grammar' } }],
    ['reasoning_effort', { reasoning_effort: 'heroic' }],
    ['tool_choice', { tool_choice: { type: 'custom', custom: { name: 'f' } } }],
    ['messages[0].name', { messages: [{ role: 'user', name: 'Ada', content: 'hello' }] }],
    [
      'messages[0].content[1]',
      {
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'a' },
              { type: 'image_url', image_url: { url: 'blob:x' } },
            ],
          },
        ],
      },
    ],
  ];

  it.each(refusals)('%s is refused by name', (field, asked) => {
    const refused = gemini({ model: 'm', apiKey: 'k' }).toCall({ ...request, ...asked }, { stream: false });
    expect(refused).toMatchObject({
      left: { _tag: 'BadRequest', param: field, provider: 'gemini', isRetryable: false },
    });
  });

  it.each(refusals)('%s is left out when that is allowed, and told', (field, asked) => {
    const call = callOf({}, asked, { dropUnsupported: true });
    expect(call.dropped).toEqual([field]);
    expect(call.body).not.toMatch(/logit|parallel|user"?:|store|grammar|heroic|custom|Ada|blob/);
  });

  it.each([
    { logit_bias: {} },
    { logit_bias: null },
    { parallel_tool_calls: true },
    { store: false },
    { service_tier: 'auto' },
    { modalities: ['text'] },
    { stream_options: { include_usage: true } },
    { presence_penalty: 0, frequency_penalty: 0 },
    { n: null, stop: null, seed: null, temperature: null, max_tokens: null, reasoning_effort: null },
    { response_format: { type: 'text' } },
    { tools: [], tool_choice: 'none' },
    { metadata: { row: 7 }, routing: { maxRetries: 0 } },
    { top_logprobs: 3 },
  ])('%j changes nothing', (asked) => {
    expect(callOf({}, asked)).toEqual(callOf());
  });
});
