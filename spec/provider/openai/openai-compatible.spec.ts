import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { isLeft } from 'fp-ts/Either';
import { of } from 'rxjs';
import type { CompletionRequest } from '../../../lib/domain/request';
import { openai } from '../../../lib/provider/openai/openai';
import { openAICompatible } from '../../../lib/provider/openai/openai-compatible';
import type { Provider } from '../../../lib/provider/provider';
import type { Call } from '../../../lib/transport/transport';
import { replyOf } from '../reply-of';

const local = { name: 'acme', model: 'acme-large', baseURL: 'http://localhost:8000/v1' };
const request: CompletionRequest = { model: 'group', messages: [{ role: 'user', content: 'hello' }] };

function callOf(provider: Provider, asked: CompletionRequest = request, key?: string): Call {
  const call = provider.toCall(asked, { stream: false, key });
  if (isLeft(call)) throw call.left;
  return call.right;
}

const made = (options: object) => () => openAICompatible({ ...local, ...options });

describe('openAICompatible', () => {
  it('posts to the chat completions of its address, with the key in a header', () => {
    expect(callOf(openAICompatible({ ...local, apiKey: 'k-1' }))).toEqual({
      method: 'POST',
      url: 'http://localhost:8000/v1/chat/completions',
      headers: { authorization: 'Bearer k-1', 'content-type': 'application/json', accept: 'application/json' },
      body: '{"model":"acme-large","messages":[{"role":"user","content":"hello"}]}',
    });
  });

  it('sends no authorization without a key', () => {
    expect(callOf(openAICompatible(local)).headers).toEqual({
      'content-type': 'application/json',
      accept: 'application/json',
    });
  });

  it('is named openai-compatible unless told otherwise', () => {
    expect(openAICompatible({ ...local, name: undefined }).name).toBe('openai-compatible');
  });

  describe('the body', () => {
    const bodyOf = (asked: object): unknown =>
      JSON.parse(callOf(openAICompatible(local), { ...request, ...asked }).body);

    it('has the fields of the request, unknown ones too, and the model of the vendor', () => {
      expect(bodyOf({ temperature: 0, stop: null, seed: undefined, top_k: 40 })).toEqual({
        model: 'acme-large',
        messages: [{ role: 'user', content: 'hello' }],
        temperature: 0,
        stop: null,
        top_k: 40,
      });
    });

    it('has neither metadata nor routing', () => {
      const asked = { metadata: { row: 7 }, routing: { maxRetries: 0, until: of(1) } };
      expect(Object.keys(bodyOf(asked) as object)).toEqual(['model', 'messages']);
    });

    it('asks for a stream, and for its usage, only when told to', () => {
      const streamed = (asked: object, headers = {}) => {
        const call = openAICompatible({ ...local, headers }).toCall({ ...request, ...asked }, { stream: true });
        if (isLeft(call)) throw call.left;
        const { stream, stream_options } = JSON.parse(call.right.body) as Record<string, unknown>;
        return [call.right.stream, call.right.headers['accept'], stream, stream_options];
      };
      expect(streamed({})).toEqual([true, 'text/event-stream', true, { include_usage: true }]);
      const own = { stream_options: { include_usage: false, include_obfuscation: false } };
      expect(streamed(own, { Accept: '*/*' })).toEqual([true, '*/*', true, own.stream_options]);
      const whole = callOf(openAICompatible(local), { ...request, stream: true, ...own });
      expect(whole).not.toHaveProperty('stream');
      expect(JSON.parse(whole.body)).not.toHaveProperty('stream');
      expect(JSON.parse(whole.body)).not.toHaveProperty('stream_options');
    });

    it('is refused when it cannot be JSON', () => {
      const cycle: Record<string, unknown> = {};
      cycle['self'] = cycle;
      for (const field of [cycle, 7n]) {
        const refused = openAICompatible(local).toCall(
          { ...request, user: field as unknown as string },
          { stream: false },
        );
        expect(refused).toMatchObject({ left: { _tag: 'BadRequest', provider: 'acme', isRetryable: false } });
      }
    });
  });

  describe('the address', () => {
    it.each([
      ['https://api.example.com/v1', 'https://api.example.com/v1/chat/completions'],
      ['https://api.example.com/v1/', 'https://api.example.com/v1/chat/completions'],
      ['https://api.example.com/v1///', 'https://api.example.com/v1/chat/completions'],
      ['https://api.example.com', 'https://api.example.com/chat/completions'],
      ['http://[::1]:11434/v1', 'http://[::1]:11434/v1/chat/completions'],
      ['https://müller.example/v1', 'https://xn--mller-kva.example/v1/chat/completions'],
    ])('%s', (baseURL, url) => {
      expect(callOf(openAICompatible({ ...local, baseURL })).url).toBe(url);
    });

    it.each([
      ['', 'is missing'],
      [undefined, 'is missing'],
      ['api.example.com/v1', 'is not an absolute http(s) URL'],
      ['ftp://canary.example/v1', 'is not an absolute http(s) URL'],
      ['https://me:canary@example.com/v1', 'holds a user name or password'],
      ['https://canary@example.com/v1', 'holds a user name or password'],
      ['https://example.com/v1?key=canary', 'holds a query'],
      ['https://example.com/v1#canary', 'holds a query or a fragment'],
      ['https://example.com/v1\n/canary', 'holds a space or a control character'],
    ])('%j: a TypeError that does not show it', (baseURL, said) => {
      const failing = made({ baseURL });
      expect(failing).toThrow(TypeError);
      expect(failing).toThrow(`acme: baseURL ${said}`);
      expect(failing).not.toThrow(/canary/);
    });

    it.each(['../../admin', '/../x', 'a?b=c', 'a#b', '@evil.example', 'http://evil.example/', '%2e%2e/'])(
      'is not moved by a model named %s',
      (model) => {
        const { url, body } = callOf(openAICompatible({ ...local, model }));
        expect([url, (JSON.parse(body) as { model: string }).model]).toEqual([
          'http://localhost:8000/v1/chat/completions',
          model,
        ]);
      },
    );
  });

  it.each([
    ['model', { model: '' }],
    ['model', { model: ' ' }],
    ['model', { model: undefined }],
    ['name', { name: '' }],
    ['name', { name: 'a b' }],
  ])('refuses a wrong %s', (field, options) => {
    expect(made(options)).toThrow(TypeError);
    expect(made(options)).toThrow(field);
  });
});

describe('keys and headers', () => {
  const wrong: readonly (readonly [string, string])[] = [
    ['canary\r\nx: y', 'holds a line break'],
    ['canary\n', 'holds a line break'],
    ['canary\u0000', 'holds a control or non-ASCII character'],
    ['canary\t1', 'holds a control or non-ASCII character'],
    ['canaryé', 'holds a control or non-ASCII character'],
    ['canary…', 'holds a control or non-ASCII character'],
  ];

  it.each<readonly [string, string]>([
    ...wrong,
    ['canary 1', 'holds a space'],
    [' canary', 'begins or ends with a space'],
    ['', 'is empty'],
  ])('refuses the key %j without showing it', (apiKey, said) => {
    expect(made({ apiKey })).toThrow(new TypeError(`acme: apiKey ${said}`));
    expect(
      openAICompatible({ ...local, apiKey: () => of(apiKey) }).toCall(request, { stream: false, key: apiKey }),
    ).toMatchObject({
      left: { _tag: 'Authentication', provider: 'acme', message: expect.not.stringContaining('canary') as string },
    });
  });

  it.each([null, 7, {}])('refuses %j as a key', (apiKey) => {
    expect(made({ apiKey })).toThrow(TypeError);
  });

  it.each<readonly [string, string]>([...wrong, ['canary ', 'begins or ends with a space'], ['', 'is empty']])(
    'refuses the header value %j without showing it',
    (value, said) => {
      expect(made({ headers: { 'X-Team': value } })).toThrow(new TypeError(`acme: headers.x-team ${said}`));
    },
  );

  it('refuses a header value that is no string', () => {
    expect(made({ headers: { 'x-team': 7 } })).toThrow(
      new TypeError('acme: headers.x-team is not a string but number'),
    );
  });

  it.each(['', 'x y', 'canary\r\nx', 'canary:', 'canaryé'])('refuses the header name %j without showing it', (name) => {
    expect(made({ headers: { [name]: 'v' } })).toThrow(
      new TypeError('acme: the name of header 1 is not one: use letters, digits and -'),
    );
  });

  it.each(['Host', 'content-length', 'Transfer-Encoding', 'Content-Type'])('leaves %s to the transport', (name) => {
    expect(made({ headers: { [name]: 'v' } })).toThrow(`acme: headers.${name.toLowerCase()} is set by the transport`);
  });

  it('sends headers under lower-case names; they outdo its own', () => {
    const headers = { 'X-Title': 'My App', Authorization: 'Basic abc' };
    expect(callOf(openAICompatible({ ...local, apiKey: 'k', headers })).headers).toMatchObject({
      'x-title': 'My App',
      authorization: 'Basic abc',
    });
  });

  it('asks a function for the key and sends what it gave for this attempt', () => {
    const provider = openAICompatible({ ...local, apiKey: () => of('first', 'second') });
    expect(provider.key?.()).toBeDefined();
    expect(callOf(provider, request, 'first').headers['authorization']).toBe('Bearer first');
    expect(callOf(provider, request, 'second').headers['authorization']).toBe('Bearer second');
    expect(provider.toCall(request, { stream: false })).toMatchObject({ left: { _tag: 'Authentication' } });
  });

  it('does not ask for a key that is fixed', () => {
    expect(openAICompatible({ ...local, apiKey: 'k' }).key).toBeUndefined();
  });

  it('shows none of it, however it is printed', () => {
    const keyFunction = Object.assign(() => of('k'), { secret: 'canary-property' });
    for (const apiKey of ['canary-key', keyFunction]) {
      const provider = openAICompatible({ ...local, apiKey, headers: { 'x-api-key': 'canary-header' } });
      expect(inspect(provider, { depth: 12, showHidden: true, getters: true })).not.toContain('canary');
      expect(JSON.stringify(provider)).not.toContain('canary');
    }
  });
});

describe('openai', () => {
  it('is OpenAI unless another address is given', () => {
    const provider = openai({ model: 'gpt-5-mini', apiKey: 'k' });
    expect([provider.name, provider.model, callOf(provider).url]).toEqual([
      'openai',
      'gpt-5-mini',
      'https://api.openai.com/v1/chat/completions',
    ]);
    expect(callOf(openai({ model: 'm', apiKey: 'k', baseURL: 'http://localhost/v1/' })).url).toBe(
      'http://localhost/v1/chat/completions',
    );
  });

  it('wants a key', () => {
    expect(() => openai({ model: 'm', apiKey: undefined as unknown as string })).toThrow(
      new TypeError('openai: apiKey is missing'),
    );
  });
});

describe('secrets in failures', () => {
  const prompt = 'canary prompt: the merger is on Tuesday';
  const secret = 'canary-k3y';
  const provider = openAICompatible({ ...local, apiKey: secret, headers: { 'x-tenant': 'canary-tenant' } });
  const call = callOf(provider, { messages: [{ role: 'user', content: prompt }] });
  const echoes = [secret, `Bearer ${secret}`, 'canary-tenant', prompt, prompt.slice(3), JSON.stringify(prompt)];

  it('law: wherever a server echoes them, no failure shows a key, a header or the prompt, however it is printed', () => {
    const echo = fc.constantFrom(...echoes);
    const said = fc.tuple(fc.lorem(), echo, fc.lorem()).map((words) => words.join(' '));
    const place = fc.oneof(echo, said);
    const error = fc.record({ message: place, code: place, type: place, param: place }, { requiredKeys: [] });
    const body = fc.oneof(
      place,
      fc.record({ error: fc.oneof(place, error) }),
      error,
      fc.record({ detail: place }),
      fc.record({ choices: place }),
    );
    fc.assert(
      fc.property(fc.constantFrom(200, 400, 401, 404, 422, 429, 500), body, place, (status, sent, id) => {
        const reply = replyOf(status, sent, { 'x-request-id': id });
        const decoded = status === 200 ? provider.toCompletion(reply, call) : { left: provider.toError(reply, call) };
        if (!('left' in decoded)) throw new Error('it was taken for a completion');
        const failure = decoded.left;
        const prints = [
          failure.message,
          failure.stack,
          JSON.stringify(failure),
          inspect(failure, { depth: 12, showHidden: true }),
        ];
        expect(prints.join('\n')).not.toMatch(/canary-|canary prompt|merger is on/);
      }),
      { numRuns: 500 },
    );
  });
});
