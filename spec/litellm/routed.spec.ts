import { text } from '../../lib/domain/completion';
import { fromLiteLLM } from '../../lib/litellm/from-litellm';
import { createRouter } from '../../lib/router';
import { seededRandom } from '../../lib/testing/simulate/seeded-random';
import { simulateProviders, type SimulatedProviders } from '../../lib/testing';
import { allOf } from '../support/all-of';

/** As LiteLLM's pages on load balancing and reliability have it, with a proxy's other sections. */
const config = (url: string) => ({
  model_list: [
    {
      model_name: 'zephyr-beta',
      litellm_params: { model: 'openai/zephyr-7b', api_base: 'http://127.0.0.1:9/v1', api_key: 'none', rpm: 60 },
    },
    {
      model_name: 'gpt-4o',
      litellm_params: {
        model: 'openai/gpt-4o',
        api_base: `${url}/v1`,
        api_key: 'os.environ/OPENAI_API_KEY',
        rpm: 600,
        timeout: 20,
      },
      model_info: { id: 'first key' },
    },
    {
      model_name: 'gpt-4o',
      litellm_params: {
        model: 'openai/gpt-4o',
        api_base: 'os.environ/SIMULATED',
        api_key: 'os.environ/OTHER_KEY',
        rpm: 300,
      },
      model_info: { id: 'second key' },
    },
    {
      model_name: 'claude',
      litellm_params: { model: 'anthropic/claude-sonnet-4-5', api_base: url, api_key: 'os.environ/ANTHROPIC_API_KEY' },
    },
    {
      model_name: 'flash',
      litellm_params: { model: 'gemini/gemini-2.5-flash', api_base: `${url}/v1beta`, api_key: 'g' },
    },
    { model_name: 'any/*', litellm_params: { model: 'openai/*', api_base: `${url}/v1`, api_key: 'none' } },
    { model_name: 'embedding', litellm_params: { model: 'text-embedding-ada-002' } },
  ],
  litellm_settings: {
    num_retries: 1,
    request_timeout: 10,
    fallbacks: [{ 'zephyr-beta': ['gpt-4o'] }],
    context_window_fallbacks: [{ 'zephyr-beta': ['claude'] }],
    allowed_fails: 3,
  },
  router_settings: { model_group_alias: { 'gpt-4': 'gpt-4o' }, routing_strategy: 'simple-shuffle' },
  general_settings: { master_key: 'os.environ/MASTER_KEY' },
});

describe('a router from a configuration of LiteLLM', () => {
  let simulated: SimulatedProviders;

  beforeAll(async () => {
    simulated = await simulateProviders({ seed: 5 });
  });

  afterAll(() => simulated.close());

  const read = () =>
    fromLiteLLM(config(simulated.url), {
      OPENAI_API_KEY: 'sk-1',
      OTHER_KEY: 'sk-2',
      ANTHROPIC_API_KEY: 'sk-3',
      SIMULATED: `${simulated.url}/v1`,
    });

  it('tells what it leaves out', () => {
    expect(read().unsupported.map(({ path }) => path)).toEqual([
      'model_list[6].litellm_params.model',
      'general_settings',
    ]);
  });

  it.each(['gpt-4o', 'gpt-4', 'claude', 'flash', 'any/gpt-5', 'second key'])('answers as %s', async (model) => {
    const { completion$, close } = createRouter(read().config);
    const [completion] = await allOf(completion$({ model, messages: [{ role: 'user', content: 'Name a red fruit' }] }));
    expect(text(completion!)).not.toBe('');
    close();
  });

  it('falls back where LiteLLM would', async () => {
    const { result$, close } = createRouter(read().config);
    const [row] = await allOf(
      result$({ model: 'zephyr-beta', messages: [{ role: 'user', content: 'Name a red fruit' }] }),
    );
    expect(row!.outcome._tag).toBe('Right');
    expect(['first key', 'second key']).toContain(row!.deployment);
    expect(row!.attempts.map(({ ended }) => ended)).toEqual(['failed', 'failed', 'ok']); // one retry, then the other group
    close();
  });

  it('draws on all keys of a group', async () => {
    const { gather$, snapshot, close } = createRouter({
      ...read().config,
      defaultModel: 'gpt-4o',
      random: seededRandom(5),
    });
    const [rows] = await allOf(gather$(Array.from({ length: 40 }, (_, n) => `Name ${String(n)} fruits`)));
    expect(rows!.every(({ outcome }) => outcome._tag === 'Right')).toBe(true);
    const calls = new Map(snapshot().deployments.map(({ id, calls }) => [id, calls]));
    expect(calls.get('first key')).toBeGreaterThan(0);
    expect(calls.get('second key')).toBeGreaterThan(0);
    close();
  });
});
