import { isLeft } from 'fp-ts/Either';
import { AzureOpenAI } from 'openai';
import { of } from 'rxjs';
import { azureOpenAI, type AzureOpenAIOptions } from '../../../lib/provider/openai/azure-openai';
import type { Call } from '../../../lib/transport/transport';
import { chunksOf } from '../chunks-of';
import { eventsOf } from '../events-of';
import { otherStreams } from '../fixtures/openai-streams';
import { replyOf } from '../reply-of';

const endpoint = 'https://acme.openai.azure.com';
const apiVersion = '2024-10-21';
const base = { endpoint, model: 'gpt-4o', apiKey: 'k', apiVersion };
const messages = [{ role: 'user' as const, content: 'hello' }];

function callOf(options: AzureOpenAIOptions, key?: string): Call {
  const call = azureOpenAI(options).toCall({ messages }, { stream: false, key });
  if (isLeft(call)) throw call.left;
  return call.right;
}

describe('azureOpenAI', () => {
  it('posts to a deployment, with the version in the query and the key in its own header', () => {
    expect(callOf(base)).toEqual({
      method: 'POST',
      url: `${endpoint}/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21`,
      headers: { 'api-key': 'k', 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ messages, model: 'gpt-4o' }),
    });
  });

  it.each<readonly [string, { readonly endpoint: string } | { readonly baseURL: string }]>([
    ['an endpoint', { endpoint: 'https://acme.openai.azure.com' }],
    ['an endpoint with slashes', { endpoint: 'https://acme.openai.azure.com//' }],
    ['a base', { baseURL: 'https://gateway.example.com/azure/openai' }],
    ['the base of a deployment', { baseURL: 'https://acme.openai.azure.com/openai/deployments/mine' }],
  ])('goes where the SDK of OpenAI goes: %s', async (_, address) => {
    const seen: string[] = [];
    const fetch = (url: string | URL | Request): Promise<Response> => {
      seen.push(url instanceof Request ? url.url : String(url));
      return Promise.resolve(Response.json({ choices: [] }));
    };
    const client = new AzureOpenAI({ ...address, apiVersion, apiKey: 'k', deployment: 'team-a', fetch });
    await client.chat.completions.create({ model: 'gpt-4o', messages });
    const { url } = callOf({ ...address, apiVersion, apiKey: 'k', deployment: 'team-a', model: 'gpt-4o' });
    expect([url]).toEqual(seen);
  });

  it.each([
    ['an endpoint', { endpoint }, `${endpoint}/openai/v1/chat/completions`],
    ['its address', { baseURL: `${endpoint}/openai/v1/` }, `${endpoint}/openai/v1/chat/completions`],
    [
      'its address and a version',
      { baseURL: `${endpoint}/openai/v1`, apiVersion: 'preview' },
      `${endpoint}/openai/v1/chat/completions?api-version=preview`,
    ],
  ])('speaks the v1 API, where the body names the deployment: %s', (_, address, url) => {
    const call = callOf({ ...address, model: 'gpt-4o', deployment: 'team-a', apiKey: 'k' });
    expect([call.url, JSON.parse(call.body)]).toEqual([url, { messages, model: 'team-a' }]);
  });

  it('is known by the model, not by the deployment', () => {
    const provider = azureOpenAI({ ...base, deployment: 'team-a' });
    expect([provider.name, provider.model]).toEqual(['azureOpenAI', 'gpt-4o']);
  });

  it.each(['../../admin', 'a?b=c', 'a#b', '@evil.example', 'a b'])('is not moved by a deployment named %s', (name) => {
    const url = new URL(callOf({ ...base, deployment: name }).url);
    expect([url.host, url.pathname, url.search]).toEqual([
      'acme.openai.azure.com',
      `/openai/deployments/${encodeURIComponent(name)}/chat/completions`,
      '?api-version=2024-10-21',
    ]);
  });

  it('is not moved by a version', () => {
    expect(callOf({ ...base, apiVersion: '1&a=b#c' }).url).toMatch(/\?api-version=1%26a%3Db%23c$/);
  });

  it('asks for a token before each attempt, and sends it as a bearer', () => {
    const options = { endpoint, apiVersion, model: 'gpt-4o', adToken: () => of('t-1') };
    expect(azureOpenAI(options).key?.()).toBeDefined();
    const { headers } = callOf(options, 't-2');
    expect(headers).toMatchObject({ authorization: 'Bearer t-2' });
    expect(headers).not.toHaveProperty('api-key');
  });

  it('says which of its options gave no token', () => {
    const provider = azureOpenAI({ endpoint, model: 'gpt-4o', adToken: () => of('') });
    expect(provider.toCall({ messages }, { stream: false })).toMatchObject({
      left: { _tag: 'Authentication', message: expect.stringContaining('adToken() gave nothing.') as string },
    });
  });

  it('asks for a key that changes, and sends it as a key', () => {
    expect(callOf({ ...base, apiKey: () => of('k-1') }, 'k-2').headers).toMatchObject({ 'api-key': 'k-2' });
  });

  it.each<readonly [string, object, string]>([
    ['no key and no token', { apiKey: undefined }, 'give either apiKey or adToken'],
    ['both', { adToken: () => of('t') }, 'give either apiKey or adToken'],
    ['a token that is fixed', { apiKey: undefined, adToken: 'canary' }, 'adToken is not a function'],
    ['no address', { endpoint: undefined }, 'give either endpoint or baseURL'],
    ['two addresses', { baseURL: 'https://canary.example' }, 'give either endpoint or baseURL'],
    ['a wrong address', { endpoint: 'canary' }, 'endpoint is not an absolute http(s) URL'],
    ['no model', { model: '' }, 'model is missing'],
  ])('refuses %s', (_, options, said) => {
    const made = () => azureOpenAI({ ...base, ...options });
    expect(made).toThrow(TypeError);
    expect(made).toThrow(`azureOpenAI: ${said}`);
    expect(made).not.toThrow(/canary/);
  });

  it('reads streams that begin with what was found in the prompt', () => {
    const read = chunksOf(azureOpenAI(base), eventsOf(otherStreams.azure));
    if (isLeft(read)) throw read.left;
    expect(read.right.map(({ choices }) => choices[0]?.delta.content)).toEqual([
      undefined,
      '',
      'A cherry.',
      undefined,
      undefined,
      undefined,
    ]);
    expect(read.right[0]?.raw).toHaveProperty('prompt_filter_results');
  });

  it.each<readonly [string, number, object, string]>([
    [
      'a filtered prompt',
      400,
      {
        code: 'content_filter',
        message: "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
        param: 'prompt',
        status: 400,
        innererror: { code: 'ResponsibleAIPolicyViolation', content_filter_result: { hate: { filtered: true } } },
      },
      'ContentPolicyViolation',
    ],
    [
      'a filtered prompt, known by its inner code alone',
      400,
      { code: null, message: 'no', innererror: { code: 'ResponsibleAIPolicyViolation' } },
      'ContentPolicyViolation',
    ],
    [
      'no such deployment',
      404,
      { code: 'DeploymentNotFound', message: 'The API deployment does not exist.' },
      'NotFound',
    ],
    ['a wrong key', 401, { code: '401', message: 'Access denied due to invalid subscription key.' }, 'Authentication'],
    ['a rate limit', 429, { code: '429', message: 'Requests have exceeded call rate limit.' }, 'RateLimited'],
  ])('knows %s', (_, status, error, tag) => {
    expect(azureOpenAI(base).toError(replyOf(status, { error }))).toMatchObject({ _tag: tag, status });
  });
});
