import { inspect } from 'node:util';
import { ConfigError } from '../../lib/config/config-error';
import type { Deployment } from '../../lib/config/router-config';
import { checkConfig } from '../../lib/config/check-config';
import { fromLiteLLM, type FromLiteLLM } from '../../lib/litellm/from-litellm';

const env = { OPENAI_API_KEY: 'sk-openai-canary', ANTHROPIC_API_KEY: 'sk-ant-canary', AZURE_API_KEY: 'azure-canary' };
const gpt = { model_name: 'gpt-4o', litellm_params: { model: 'openai/gpt-4o' } };
const claude = { model_name: 'claude', litellm_params: { model: 'anthropic/claude-sonnet-4-5' } };

/** One model, with these `litellm_params` and other fields. */
function model(litellm_params: object, others: object = {}): object {
  return {
    model_list: [{ model_name: 'a', litellm_params: { model: 'openai/gpt-4o', ...litellm_params }, ...others }],
  };
}

function told(config: unknown, variables: Readonly<Record<string, string>> = env): FromLiteLLM {
  const read = fromLiteLLM(config, variables);
  checkConfig(read.config); // whatever it was given, a router takes it
  return read;
}

function deploymentOf(config: unknown, variables: Readonly<Record<string, string>> = env): Deployment {
  return told(config, variables).config.deployments[0]!;
}

function routed(router_settings: object, litellm_settings: object = {}): FromLiteLLM {
  return told({ model_list: [gpt, claude], router_settings, litellm_settings });
}

function problemsOf(config: unknown, variables: Readonly<Record<string, string>> = env): readonly string[] {
  try {
    fromLiteLLM(config, variables);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  throw new Error('expected a ConfigError');
}

describe('fromLiteLLM', () => {
  describe('reads a model', () => {
    it('into a deployment, with all that it says', () => {
      const { config, unsupported } = told({
        model_list: [
          {
            model_name: 'fast',
            litellm_params: {
              model: 'openai/gpt-4o-mini',
              api_key: 'os.environ/OPENAI_API_KEY',
              rpm: 480,
              tpm: 100_000,
              weight: 2,
              max_parallel_requests: 10,
              timeout: 300,
              stream_timeout: 0.5,
              cooldown_time: 30,
              tags: ['free'],
              input_cost_per_token: 0.00000015,
              output_cost_per_token: 0.0000006,
              cache_read_input_token_cost: 0.000000075,
            },
            model_info: { id: 'one', mode: 'chat', max_input_tokens: 128_000, allowed_fails: 4 },
          },
        ],
      });
      const { provider, ...fields } = config.deployments[0]!;
      expect([provider.name, provider.model]).toEqual(['openai', 'gpt-4o-mini']);
      expect(fields).toEqual({
        group: 'fast',
        id: 'one',
        rpm: 480,
        tpm: 100_000,
        weight: 2,
        maxParallel: 10,
        timeouts: { attemptMs: 300_000, firstChunkMs: 500 },
        cooldownMs: 30_000,
        tags: ['free'],
        price: { input: 0.15, output: 0.6, cachedInput: 0.075 },
        contextWindow: 128_000,
        allowedFails: 4,
      });
      expect(unsupported).toEqual([]);
    });

    it('without the fields that it does not give', () => {
      expect(Object.keys(deploymentOf(model({})))).toEqual(['group', 'provider']);
    });

    it.each([
      ['litellm_params', model({ rpm: 5 }, { rpm: 6, model_info: { rpm: 7 } }), 5],
      ['the entry', model({}, { rpm: 6, model_info: { rpm: 7 } }), 6],
      ['model_info', model({}, { model_info: { rpm: 7 } }), 7],
      ['a variable', model({ rpm: 'os.environ/RPM' }), 8],
    ])('with limits from %s', (_, config, rpm) => {
      expect(deploymentOf(config, { ...env, RPM: '8' }).rpm).toBe(rpm);
    });

    it('with half a price as none', () => {
      const { config, unsupported } = told(model({ input_cost_per_token: 0.00000015 }));
      expect(config.deployments[0]).not.toHaveProperty('price');
      expect(unsupported).toEqual([
        expect.objectContaining({ path: 'model_list[0].litellm_params.input_cost_per_token' }),
      ]);
    });

    describe('with the price of long prompts', () => {
      const ordinary = { input_cost_per_token: 2e-6, output_cost_per_token: 1e-5 };

      it('above the lowest threshold, of wherever it is given; the rates of others are told as left out', () => {
        const { config, unsupported } = told(
          model(
            { ...ordinary, cache_read_input_token_cost: 2e-7, input_cost_per_token_above_200k_tokens: '4e-6' },
            {
              model_info: {
                output_cost_per_token_above_200k_tokens: 1.5e-5,
                cache_read_input_token_cost_above_200k_tokens: null,
                input_cost_per_token_above_512k_tokens: 8e-6,
              },
            },
          ),
        );
        expect(config.deployments[0]?.price).toEqual({
          input: 2,
          output: 10,
          cachedInput: 0.2,
          longPrompt: { above: 200_000, input: 4, output: 15, cachedInput: 0.2 },
        });
        expect(unsupported).toEqual([
          {
            path: 'model_list[0].model_info.input_cost_per_token_above_512k_tokens',
            reason: expect.stringContaining('lowest') as string,
          },
        ]);
      });

      it('as none, where there is no ordinary price to go with it, and as a problem when it is no price', () => {
        const alone = told(model({ input_cost_per_token_above_200k_tokens: 4e-6 }));
        expect(alone.config.deployments[0]).not.toHaveProperty('price');
        expect(alone.unsupported).toHaveLength(1);
        expect(problemsOf(model({ ...ordinary, input_cost_per_token_above_200k_tokens: -1 }))).toEqual([
          'model_list[0].litellm_params.input_cost_per_token_above_200k_tokens: expected a number from 0, got -1',
        ]);
      });
    });

    it.each([
      ['what is left for a prompt, of some of OpenAI', 272_000, 128_000, 400_000],
      ['the whole window, of all others', 200_000, 64_000, 200_000],
      ['the whole window, where the longest answer is not given', 272_000, null, 272_000],
    ])('takes max_input_tokens as %s', (_, max_input_tokens, max_output_tokens, window) => {
      const { config, unsupported } = told(model({}, { model_info: { max_input_tokens, max_output_tokens } }));
      expect(config.deployments[0]).toHaveProperty('contextWindow', window);
      expect(unsupported).toEqual([]);
    });

    it('with the parallel calls that the router allows where it says nothing', () => {
      const settings = { default_max_parallel_requests: 20 };
      const { config } = told({
        model_list: [gpt, { ...gpt, litellm_params: { model: 'gpt-4o', max_parallel_requests: 3 } }],
        router_settings: settings,
      });
      expect(config.deployments.map(({ maxParallel }) => maxParallel)).toEqual([20, 3]);
    });

    it('with a star for all of a vendor', () => {
      const config = { model_list: [{ model_name: 'openai/*', litellm_params: { model: 'openai/*' } }] };
      const { group, provider } = deploymentOf(config);
      expect([group, provider.model]).toEqual(['openai/*', '*']);
    });

    it.each<[string, readonly (number | undefined)[], readonly (number | undefined)[]]>([
      ['those that have one', [2, 1], [2, 1]],
      ['those that have none last', [1, undefined, 2], [1, 3, 2]],
    ])('by its order: %s', (_, given, asked) => {
      const model_list = given.map((order) => ({ ...gpt, litellm_params: { model: 'gpt-4o', order } }));
      const { config } = told({ model_list: [...model_list, claude] });
      expect(config.deployments.map(({ order }) => order)).toEqual([...asked, undefined]);
      expect(config.strategy).toEqual({ 'gpt-4o': 'priority-order' });
    });
  });

  describe('leaves a model out, and says why', () => {
    it.each<[string, object, object, string]>([
      [
        'a vendor that is not here',
        { model: 'bedrock/anthropic.claude-v2', aws_region_name: 'x' },
        {},
        'litellm_params.model',
      ],
      ['text completions', { model: 'text-completion-openai/gpt-3.5-turbo-instruct' }, {}, 'litellm_params.model'],
      ['an instruct model', { model: 'gpt-3.5-turbo-instruct' }, {}, 'litellm_params.model'],
      ['embeddings', { model: 'openai/text-embedding-3-small' }, {}, 'litellm_params.model'],
      ['another mode', {}, { model_info: { mode: 'image_generation' } }, 'model_info.mode'],
      ['a bare gemini, which is Vertex AI there', { model: 'gemini-2.5-flash' }, {}, 'litellm_params.model'],
      ['a name without a vendor', { model: 'my-model' }, {}, 'litellm_params.model'],
      ['a star that nothing fills', { model: 'openai/*' }, {}, 'litellm_params.model'],
      ['vLLM inside a process', { model: 'vllm/facebook/opt-125m' }, {}, 'litellm_params.model'],
      ['the Responses API', { model: 'openai/responses/gpt-5' }, {}, 'litellm_params.model'],
    ])('%s', (_, litellm_params, others, field) => {
      const [out] = (model(litellm_params, others) as { model_list: object[] }).model_list;
      const { config, unsupported } = told({ model_list: [gpt, out] });
      expect(config.deployments.map(({ group }) => group)).toEqual(['gpt-4o']);
      expect(unsupported).toEqual([{ path: `model_list[1].${field}`, reason: expect.stringMatching(/^left out: /) }]);
    });

    it('and is a ConfigError when none is left', () => {
      expect(problemsOf(model({ model: 'bedrock/x' }))).toEqual([
        'model_list: none of its models can be served',
        expect.stringMatching(/^model_list\[0\]\.litellm_params\.model: left out: there is no provider 'bedrock'/),
      ]);
    });
  });

  describe('reads router_settings', () => {
    it('with nothing said: LiteLLM cools down at a 429', () => {
      const { config, unsupported } = told({ model_list: [gpt] });
      expect(config).toEqual({ deployments: [expect.anything()], health: { on429: 'cooldown' } });
      expect(unsupported).toEqual([]);
    });

    it.each([
      ['simple-shuffle', 'simple-shuffle'],
      ['least-busy', 'least-busy'],
      ['latency-based-routing', 'latency'],
      ['usage-based-routing', 'usage'],
      ['usage-based-routing-v2', 'usage'],
      ['cost-based-routing', 'cost'],
    ])('routing_strategy %s', (routing_strategy, strategy) => {
      const { config, unsupported } = routed({ routing_strategy });
      expect(config.strategy).toBe(strategy);
      expect(unsupported).toEqual([]);
    });

    it('routing_strategy for the groups that have no order', () => {
      const ordered = { ...gpt, litellm_params: { model: 'gpt-4o', order: 1 } };
      const router_settings = { routing_strategy: 'least-busy' };
      const { config, unsupported } = told({ model_list: [ordered, claude], router_settings });
      expect(config.strategy).toEqual({ 'gpt-4o': 'priority-order', claude: 'least-busy' });
      expect(unsupported).toEqual([
        { path: 'router_settings.routing_strategy', reason: expect.stringContaining('gpt-4o') },
      ]);
    });

    it('retries, by exception as by tag', () => {
      const { config, unsupported } = routed({
        num_retries: 3,
        retry_policy: {
          AuthenticationErrorRetries: 1,
          TimeoutErrorRetries: 4,
          RateLimitErrorRetries: 5,
          InternalServerErrorRetries: 0,
          ServiceUnavailableErrorRetries: 0,
          BadRequestErrorRetries: 0,
        },
      });
      expect(config).toMatchObject({
        maxRetries: 3,
        maxThrottles: 5,
        retryPolicy: { Authentication: 1, Timeout: 4, RateLimited: 5, ServerError: 0 },
      });
      expect(unsupported).toEqual([]);
    });

    it('failures and cooldowns', () => {
      const { config, unsupported } = routed({
        allowed_fails: 2,
        cooldown_time: 30,
        allowed_fails_policy: { TimeoutErrorAllowedFails: 12, RateLimitErrorAllowedFails: 10_000 },
      });
      expect(config.health).toEqual({
        cooldownMs: 30_000,
        allowedFails: { tags: { Timeout: 12, RateLimited: 10_000 }, groups: { 'gpt-4o': 2, claude: 2 } },
        on429: 'learn',
      });
      expect(unsupported).toEqual([]);
    });

    it('allowed_fails, to which 429s count, but for its default', () => {
      expect(routed({ allowed_fails: 0 }).config.health).toEqual({
        allowedFails: { tags: { RateLimited: 0 }, groups: { 'gpt-4o': 0, claude: 0 } },
        on429: 'learn',
      });
      expect(routed({ allowed_fails: 3 }).config.health).toEqual({ allowedFails: 3, on429: 'cooldown' });
    });

    it('disable_cooldowns for all models', () => {
      const cooled = { ...gpt, litellm_params: { model: 'gpt-4o', cooldown_time: 9 } };
      const { config } = told({ model_list: [cooled], router_settings: { disable_cooldowns: true, cooldown_time: 5 } });
      expect(config.health?.cooldownMs).toBe(0);
      expect(config.deployments[0]).not.toHaveProperty('cooldownMs');
    });

    it('fallbacks of all kinds', () => {
      const { config, unsupported } = routed({
        fallbacks: [{ 'gpt-4o': ['claude'] }],
        context_window_fallbacks: [{ 'gpt-4o': ['claude'] }],
        content_policy_fallbacks: [{ claude: ['gpt-4o'] }],
        default_fallbacks: ['claude'],
        max_fallbacks: 2,
      });
      expect(config).toMatchObject({
        fallbacks: { 'gpt-4o': ['claude'], '*': ['claude'] },
        contextWindowFallbacks: { 'gpt-4o': ['claude'] },
        contentPolicyFallbacks: { claude: ['gpt-4o'] },
        maxFallbacks: 2,
      });
      expect(unsupported).toEqual([]);
    });

    it('aliases in both forms', () => {
      const { config, unsupported } = routed({
        model_group_alias: { 'gpt-4': 'gpt-4o', opus: { model: 'claude', hidden: true } },
      });
      expect(config.aliases).toEqual({ 'gpt-4': 'gpt-4o', opus: 'claude' });
      expect(unsupported).toEqual([
        { path: 'router_settings.model_group_alias.opus.hidden', reason: expect.any(String) },
      ]);
    });

    it('aliases but for what would close a circle', () => {
      const any = { model_name: '*', litellm_params: { model: 'gpt-4o' } };
      const router_settings = { model_group_alias: { a: 'b', b: 'c', c: 'a' } };
      const { config, unsupported } = told({ model_list: [any], router_settings });
      expect(config.aliases).toEqual({ a: 'b', b: 'c' });
      expect(unsupported).toEqual([
        { path: 'router_settings.model_group_alias.c', reason: expect.stringContaining('circle') },
      ]);
    });

    it('timeouts', () => {
      expect(routed({ timeout: 30, stream_timeout: 5 }).config.timeouts).toEqual({
        attemptMs: 30_000,
        firstChunkMs: 5000,
      });
    });

    it('streams that go on elsewhere', () => {
      expect(routed({ enable_mid_stream_fallback_continuation: true }).config.onStreamBreak).toBe('continue');
    });
  });

  describe('reads litellm_settings', () => {
    it('as far as they are about routing', () => {
      const { config, unsupported } = routed(
        {},
        {
          num_retries: 1,
          request_timeout: 10,
          allowed_fails: 3,
          drop_params: true,
          fallbacks: [{ 'gpt-4o': ['claude'] }],
          context_window_fallbacks: [{ claude: ['gpt-4o'] }],
          default_fallbacks: ['claude'],
        },
      );
      expect(config).toMatchObject({
        maxRetries: 1,
        timeouts: { attemptMs: 10_000 },
        health: { allowedFails: 3 },
        dropUnsupported: true,
        fallbacks: { 'gpt-4o': ['claude'], '*': ['claude'] },
        contextWindowFallbacks: { claude: ['gpt-4o'] },
      });
      expect(unsupported).toEqual([]);
    });

    it('after router_settings, but for the clock of a call', () => {
      const { config } = routed(
        { num_retries: 0, timeout: 30, fallbacks: [{ claude: ['gpt-4o'] }] },
        { num_retries: 5, request_timeout: 10, fallbacks: [{ 'gpt-4o': ['claude'] }] },
      );
      expect(config).toMatchObject({ maxRetries: 0, timeouts: { attemptMs: 10_000 } });
      expect(config.fallbacks).toEqual({ claude: ['gpt-4o'] });
    });
  });

  describe('lists what has no counterpart', () => {
    it.each<[string, object, object, object]>([
      ['model_list[0].litellm_params.temperature', { temperature: 0.5 }, {}, {}],
      ['model_list[0].litellm_params.max_retries', { max_retries: 2 }, {}, {}],
      ['model_list[0].litellm_params.num_retries', { num_retries: 2 }, {}, {}],
      ['model_list[0].litellm_params.max_budget', { max_budget: 1 }, {}, {}],
      ['model_list[0].litellm_params.of_next_year', { of_next_year: 'x' }, {}, {}],
      ['router_settings.redis_host', {}, { redis_host: 'os.environ/REDIS_HOST' }, {}],
      ['router_settings.retry_after', {}, { retry_after: 5 }, {}],
      ['router_settings.routing_strategy', {}, { routing_strategy: 'lar1' }, {}],
      ['router_settings.routing_strategy_args', {}, { routing_strategy_args: { ttl: 10 } }, {}],
      ['router_settings.enable_pre_call_checks', {}, { enable_pre_call_checks: false }, {}],
      ['router_settings.tag_filtering_match_any', {}, { tag_filtering_match_any: false }, {}],
      ['router_settings.cooldown_time', {}, { cooldown_time: 0 }, {}],
      ['router_settings.retry_policy.BadRequestErrorRetries', {}, { retry_policy: { BadRequestErrorRetries: 1 } }, {}],
      [
        'router_settings.retry_policy.ServiceUnavailableErrorRetries',
        {},
        { retry_policy: { InternalServerErrorRetries: 1, ServiceUnavailableErrorRetries: 2 } },
        {},
      ],
      [
        'router_settings.allowed_fails_policy.AuthenticationErrorAllowedFails',
        {},
        { allowed_fails_policy: { AuthenticationErrorAllowedFails: 10 } },
        {},
      ],
      ['router_settings.model_group_alias.b', {}, { model_group_alias: { b: 'nobody' } }, {}],
      ['router_settings.model_group_alias.a', {}, { model_group_alias: { a: 'a' } }, {}],
      ['router_settings.fallbacks[0].a[0]', {}, { fallbacks: [{ a: ['nobody'] }] }, {}],
      ['router_settings.fallbacks[0].nobody', {}, { fallbacks: [{ nobody: ['a'] }] }, {}],
      ['router_settings.fallbacks[0].a[0]', {}, { fallbacks: [{ a: ['a'] }] }, {}],
      ['router_settings.default_fallbacks[0]', {}, { default_fallbacks: ['nobody'] }, {}],
      ['litellm_settings.success_callback', {}, {}, { litellm_settings: { success_callback: ['langfuse'] } }],
      ['litellm_settings.cache', {}, {}, { litellm_settings: { cache: true } }],
      ['general_settings', {}, {}, { general_settings: { master_key: 'sk-master-canary' } }],
    ])('%s', (path, litellm_params, router_settings, others) => {
      const { unsupported } = told({ ...model(litellm_params), router_settings, ...others });
      expect(unsupported).toEqual([{ path, reason: expect.stringMatching(/\S/) }]);
    });

    it('but not what is off, or what holds here anyway', () => {
      const { unsupported } = told({
        ...model({ max_retries: 0, use_in_pass_through: false, organization: null }),
        router_settings: {
          set_verbose: false,
          retry_after: 0,
          enable_pre_call_checks: true,
          enable_weighted_failover: true,
        },
      });
      expect(unsupported).toEqual([]);
    });

    it('such as the tag that means everybody', () => {
      const { unsupported } = told({
        ...model({ tags: ['default'] }),
        router_settings: { enable_tag_filtering: true },
      });
      expect(unsupported).toEqual([{ path: 'router_settings.enable_tag_filtering', reason: expect.any(String) }]);
    });
  });

  describe('refuses', () => {
    it.each<[string, unknown, readonly string[]]>([
      ['nothing', undefined, ['model_list: expected a list of models, got undefined']],
      ['a list', [gpt], ['expected an object, got an array', 'model_list: expected a list of models, got undefined']],
      ['no models', { model_list: [] }, ['model_list: expected a list of models, got an empty array']],
      [
        'a model that is none',
        { model_list: ['gpt-4o'] },
        [
          'model_list[0]: expected an object, got a string',
          'model_list[0].model_name: expected a name, got undefined',
          'model_list[0].litellm_params.model: expected a name, got undefined',
        ],
      ],
      [
        'wrong types, all of them',
        { ...model({ rpm: 0, tags: 'free', timeout: 'soon' }), router_settings: { num_retries: 1.5, fallbacks: 'x' } },
        [
          'model_list[0].litellm_params.rpm: expected a whole number from 1, got 0',
          'model_list[0].litellm_params.tags: expected a list of tags, got a string',
          'model_list[0].litellm_params.timeout: expected a number of seconds above 0, got a string',
          'router_settings.num_retries: expected a whole number from 0, got 1.5',
          'router_settings.fallbacks: expected a list of { group: [groups] }, got a string',
        ],
      ],
      [
        'fallbacks to no list',
        { model_list: [gpt], router_settings: { fallbacks: [{ 'gpt-4o': 'claude' }] } },
        ['router_settings.fallbacks[0].gpt-4o: expected a list of groups, got a string'],
      ],
      [
        'an id that is given twice',
        {
          model_list: [
            { ...gpt, model_info: { id: 'x' } },
            { ...claude, model_info: { id: 'x' } },
          ],
        },
        ["model_list[1].model_info.id: 'x' is that of model_list[0].model_info.id too"],
      ],
    ])('%s', (_, config, problems) => {
      expect([...problemsOf(config)].sort()).toEqual([...problems].sort());
    });

    it.each<[string, object, string]>([
      ['one that is named', { api_key: 'os.environ/MY_KEY' }, 'api_key: the environment has no MY_KEY'],
      ['the usual one', {}, 'api_key: missing, and the environment has no OPENAI_API_KEY'],
      ['one of a number', { api_key: 'k', rpm: 'os.environ/RPM' }, 'rpm: the environment has no RPM'],
      [
        'one of several',
        { model: 'together_ai/x' },
        'api_key: missing, and the environment has no TOGETHER_API_KEY or TOGETHER_AI_API_KEY or TOGETHERAI_API_KEY or TOGETHER_AI_TOKEN',
      ],
      ["an object's own name", { api_key: 'os.environ/constructor' }, 'api_key: the environment has no constructor'],
    ])('a variable that is missing: %s', (_, litellm_params, problem) => {
      expect(problemsOf(model(litellm_params), {})).toEqual([`model_list[0].litellm_params.${problem}`]);
    });

    it.each<[string, object]>([
      ['a key', { api_key: 'sk-canary with a space' }],
      ['an address', { api_base: 'https://user:canary@example.com/v1' }],
      ['a header', { extra_headers: { 'x-key': 'canary\n' } }],
      ['a header that is no text', { extra_headers: { 'x-key': ['canary'] } }],
      ['a number', { rpm: 'canary' }],
      ['what a variable holds', { tpm: 'os.environ/SECRET' }],
    ])('%s without showing it', (_, litellm_params) => {
      const problems = problemsOf(model({ api_key: 'canary', ...litellm_params }), { SECRET: 'canary' });
      expect(problems).toHaveLength(1);
      expect(problems[0]).not.toContain('canary');
    });
  });

  it('finds variables that the configuration sets itself', () => {
    const config = { ...model({ api_key: 'os.environ/OWN' }), environment_variables: { OWN: 'sk-own', PORT: 4000 } };
    expect(deploymentOf(config, {}).provider.name).toBe('openai');
  });

  it('reads no environment of its own', () => {
    const before = process.env['OPENAI_API_KEY'];
    process.env['OPENAI_API_KEY'] = 'sk-process';
    try {
      expect(problemsOf(model({}), {})).toHaveLength(1);
    } finally {
      if (before === undefined) delete process.env['OPENAI_API_KEY'];
      else process.env['OPENAI_API_KEY'] = before;
    }
  });

  it('gives a configuration that shows no key', () => {
    const read = told({
      ...model({ api_key: 'sk-canary', extra_headers: { 'x-team': 'canary' } }),
      general_settings: { master_key: 'canary' },
    });
    expect(inspect(read, { depth: Infinity, showHidden: true })).not.toContain('canary');
    expect(JSON.stringify(read)).not.toContain('canary');
  });
});
