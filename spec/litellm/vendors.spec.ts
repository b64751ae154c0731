import { from } from 'rxjs';
import { fromLiteLLM } from '../../lib/litellm/from-litellm';
import type { Call } from '../../lib/transport/transport';
import { allOf } from '../support/all-of';

/** The call that a model of LiteLLM's leads to. */
async function callOf(
  litellm_params: object,
  env: Readonly<Record<string, string>> = {},
  asked?: { readonly group: string; readonly model: string },
): Promise<Call> {
  const model_list = [{ model_name: asked?.group ?? 'a', litellm_params: { api_key: 'k', ...litellm_params } }];
  const { provider } = fromLiteLLM({ model_list }, env).config.deployments[0]!;
  const [key] = provider.key === undefined ? [] : await allOf(from(provider.key()));
  const call = provider.toCall(
    { messages: [{ role: 'user', content: 'Hi' }] },
    { stream: false, key, model: asked?.model },
  );
  if (call._tag === 'Left') throw call.left;
  return call.right;
}

describe('the vendors of LiteLLM', () => {
  it.each<[string, string, string]>([
    ['openai/gpt-4o', 'https://api.openai.com/v1/chat/completions', 'gpt-4o'],
    ['gpt-4o', 'https://api.openai.com/v1/chat/completions', 'gpt-4o'],
    ['o3-mini', 'https://api.openai.com/v1/chat/completions', 'o3-mini'],
    ['ft:gpt-4o-mini:acme::x', 'https://api.openai.com/v1/chat/completions', 'ft:gpt-4o-mini:acme::x'],
    ['anthropic/claude-sonnet-4-5', 'https://api.anthropic.com/v1/messages', 'claude-sonnet-4-5'],
    ['claude-sonnet-4-5', 'https://api.anthropic.com/v1/messages', 'claude-sonnet-4-5'],
    ['groq/llama-3.3-70b-versatile', 'https://api.groq.com/openai/v1/chat/completions', 'llama-3.3-70b-versatile'],
    ['mistral/mistral-small-latest', 'https://api.mistral.ai/v1/chat/completions', 'mistral-small-latest'],
    ['deepseek/deepseek-chat', 'https://api.deepseek.com/v1/chat/completions', 'deepseek-chat'],
    ['xai/grok-4', 'https://api.x.ai/v1/chat/completions', 'grok-4'],
    [
      'openrouter/anthropic/claude-3.5-sonnet',
      'https://openrouter.ai/api/v1/chat/completions',
      'anthropic/claude-3.5-sonnet',
    ],
    ['openrouter/auto', 'https://openrouter.ai/api/v1/chat/completions', 'openrouter/auto'],
    ['together_ai/meta-llama/Llama-3-8b', 'https://api.together.xyz/v1/chat/completions', 'meta-llama/Llama-3-8b'],
    [
      'fireworks_ai/llama-v3p3-70b-instruct',
      'https://api.fireworks.ai/inference/v1/chat/completions',
      'accounts/fireworks/models/llama-v3p3-70b-instruct',
    ],
    [
      'fireworks_ai/accounts/fireworks/models/qwen3-8b',
      'https://api.fireworks.ai/inference/v1/chat/completions',
      'accounts/fireworks/models/qwen3-8b',
    ],
    ['ollama/llama3.2', 'http://localhost:11434/v1/chat/completions', 'llama3.2'],
    ['ollama_chat/llama3.2', 'http://localhost:11434/v1/chat/completions', 'llama3.2'],
    ['hosted_vllm/Qwen/Qwen3-8B', 'http://localhost:8000/v1/chat/completions', 'Qwen/Qwen3-8B'],
    ['lm_studio/openai/gpt-oss-20b', 'http://localhost:1234/v1/chat/completions', 'openai/gpt-oss-20b'],
  ])('%s', async (model, url, called) => {
    const call = await callOf({ model });
    expect(call.url).toBe(url);
    expect(JSON.parse(call.body)).toMatchObject({ model: called });
  });

  it('gemini/…, which has the model in its address', async () => {
    const call = await callOf({ model: 'gemini/gemini-2.5-flash' });
    expect(call.url).toBe('https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent');
    expect(call.headers).toMatchObject({ 'x-goog-api-key': 'k' });
  });

  it.each<[string, object, string]>([
    [
      'of a server like OpenAI',
      { model: 'openai/facebook/opt-125m', api_base: 'http://0.0.0.0:4000/v1' },
      'http://0.0.0.0:4000/v1/chat/completions',
    ],
    [
      'as base_url',
      { model: 'openai/x', base_url: 'http://0.0.0.0:4000/v1/' },
      'http://0.0.0.0:4000/v1/chat/completions',
    ],
    [
      'to the end',
      { model: 'openai/x', api_base: 'http://0.0.0.0:4000/v1/chat/completions' },
      'http://0.0.0.0:4000/v1/chat/completions',
    ],
    [
      "of OpenAI's in Europe",
      { model: 'gpt-4o', api_base: 'https://eu.api.openai.com/v1' },
      'https://eu.api.openai.com/v1/chat/completions',
    ],
    ['of Anthropic, the host', { model: 'claude-x', api_base: 'https://a.example' }, 'https://a.example/v1/messages'],
    [
      'of Anthropic, to the end',
      { model: 'claude-x', api_base: 'https://a.example/v1/messages' },
      'https://a.example/v1/messages',
    ],
    [
      'of Gemini',
      { model: 'gemini/x', api_base: 'https://g.example/v1beta' },
      'https://g.example/v1beta/models/x:generateContent',
    ],
    [
      'of Mistral, the host',
      { model: 'mistral/x', api_base: 'https://m.example' },
      'https://m.example/v1/chat/completions',
    ],
    [
      'of Ollama, the host',
      { model: 'ollama/x', api_base: 'http://o.example:11434/' },
      'http://o.example:11434/v1/chat/completions',
    ],
    ['of vLLM', { model: 'hosted_vllm/x', api_base: 'http://v.example/v1' }, 'http://v.example/v1/chat/completions'],
    [
      'of vLLM, by its older name',
      { model: 'vllm/x', api_base: 'http://v.example/v1' },
      'http://v.example/v1/chat/completions',
    ],
  ])('an address %s', async (_, params, url) => {
    expect((await callOf(params)).url).toBe(url);
  });

  it('an address of Gemini that cannot be used is told', () => {
    const litellm_params = { model: 'gemini/x', api_key: 'k', api_base: 'https://g.example/gemini' };
    const model_list = [
      { model_name: 'a', litellm_params: { model: 'gpt-4o', api_key: 'k' } },
      { model_name: 'b', litellm_params },
    ];
    expect(fromLiteLLM({ model_list }, {}).unsupported).toEqual([
      { path: 'model_list[1].litellm_params.model', reason: expect.stringContaining('/v1beta') },
    ]);
  });

  it.each<[string, object, string, string]>([
    [
      'a version',
      { model: 'azure/gpt-4o-eu', api_version: '2024-10-21' },
      '/openai/deployments/gpt-4o-eu/chat/completions?api-version=2024-10-21',
      'gpt-4o-eu',
    ],
    [
      "LiteLLM's version",
      { model: 'azure/gpt-4o-eu' },
      '/openai/deployments/gpt-4o-eu/chat/completions?api-version=2025-02-01-preview',
      'gpt-4o-eu',
    ],
    ['no version', { model: 'azure/gpt-4o-eu', api_version: 'v1' }, '/openai/v1/chat/completions', 'gpt-4o-eu'],
    [
      'a kind of model',
      { model: 'azure/o_series/my-o3', api_version: '2024-10-21' },
      '/openai/deployments/my-o3/chat/completions?api-version=2024-10-21',
      'my-o3',
    ],
  ])('azure/… with %s', async (_, params, path, model) => {
    const call = await callOf({ api_base: 'https://my-endpoint.openai.azure.com/', ...params });
    expect(call.url).toBe(`https://my-endpoint.openai.azure.com${path}`);
    expect(call.headers).toMatchObject({ 'api-key': 'k' });
    expect(JSON.parse(call.body)).toMatchObject({ model });
  });

  it('azure/… with a token in place of a key', async () => {
    const params = { api_base: 'https://x.openai.azure.com', azure_ad_token: 'os.environ/TOKEN', api_key: null };
    const call = await callOf({ model: 'azure/gpt-4o', ...params }, { TOKEN: 'entra', AZURE_API_KEY: 'unused' });
    expect(call.headers).toMatchObject({ authorization: 'Bearer entra' });
  });

  it('azure/… that would have to sign in is left out', () => {
    const azure = { model: 'azure/x', api_base: 'https://x.openai.azure.com', tenant_id: 'os.environ/TENANT' };
    const model_list = [
      { model_name: 'a', litellm_params: { model: 'gpt-4o', api_key: 'k' } },
      { model_name: 'b', litellm_params: azure },
    ];
    expect(fromLiteLLM({ model_list }, {}).unsupported).toEqual([
      { path: 'model_list[1].litellm_params.model', reason: expect.stringContaining('adToken') },
    ]);
  });

  it.each<[string, string, Readonly<Record<string, string>>, Readonly<Record<string, string>>]>([
    ['OpenAI', 'gpt-4o', { OPENAI_API_KEY: 'usual' }, { authorization: 'Bearer usual' }],
    ['Anthropic', 'claude-x', { ANTHROPIC_API_KEY: 'usual' }, { 'x-api-key': 'usual' }],
    ['Gemini', 'gemini/x', { GEMINI_API_KEY: 'usual' }, { 'x-goog-api-key': 'usual' }],
    ['Gemini, of two', 'gemini/x', { GEMINI_API_KEY: 'b', GOOGLE_API_KEY: 'a' }, { 'x-goog-api-key': 'a' }],
    [
      'OpenRouter, of two',
      'openrouter/x/y',
      { OPENROUTER_API_KEY: '', OR_API_KEY: 'b' },
      { authorization: 'Bearer b' },
    ],
    ['a server of your own', 'hosted_vllm/x', { HOSTED_VLLM_API_KEY: 'usual' }, { authorization: 'Bearer usual' }],
  ])('the usual variable of %s', async (_, model, env, headers) => {
    expect((await callOf({ model, api_key: null }, env)).headers).toMatchObject(headers);
  });

  it('no key at all for a server of your own', async () => {
    expect((await callOf({ model: 'ollama/x', api_key: null })).headers).not.toHaveProperty('authorization');
  });

  it('usual addresses from variables', async () => {
    const env = {
      OPENAI_API_BASE: 'http://gateway.example/v1',
      AZURE_API_BASE: 'https://z.openai.azure.com',
      AZURE_API_VERSION: '2024-06-01',
    };
    expect((await callOf({ model: 'openai/x' }, env)).url).toBe('http://gateway.example/v1/chat/completions');
    expect((await callOf({ model: 'azure/x' }, env)).url).toBe(
      'https://z.openai.azure.com/openai/deployments/x/chat/completions?api-version=2024-06-01',
    );
  });

  it('headers, and the organization', async () => {
    const params = { organization: 'org-1', headers: { 'x-a': '1', 'x-b': '1' }, extra_headers: { 'x-b': '2' } };
    expect((await callOf({ model: 'gpt-4o', ...params })).headers).toMatchObject({
      'openai-organization': 'org-1',
      'x-a': '1',
      'x-b': '2',
    });
  });

  it('the longest answer, for Anthropic, which must be told one', async () => {
    const call = await callOf({ model: 'claude-x', max_tokens: 9000 });
    expect(JSON.parse(call.body)).toMatchObject({ max_tokens: 9000 });
  });

  it('a vendor that is named apart', async () => {
    const call = await callOf({ model: 'my-model', custom_llm_provider: 'groq' });
    expect(call.url).toBe('https://api.groq.com/openai/v1/chat/completions');
  });

  it.each([
    ['openai/*', 'openai/*', 'gpt-4o', 'gpt-4o'],
    ['*', 'openrouter/*', 'anthropic/claude', 'anthropic/claude'],
    ['gpt-*', 'openai/gpt-*', '4o', 'gpt-4o'],
    ['small/*', 'openai/gpt-4o-mini', 'anything', 'gpt-4o-mini'],
  ])('a star: %s by %s', async (group, model, star, called) => {
    const call = await callOf({ model }, {}, { group, model: star });
    expect(JSON.parse(call.body)).toMatchObject({ model: called });
  });
});
