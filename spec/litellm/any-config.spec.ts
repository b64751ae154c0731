import fc from 'fast-check';
import { checkConfig } from '../../lib/config/check-config';
import { ConfigError } from '../../lib/config/config-error';
import { fromLiteLLM, type FromLiteLLM } from '../../lib/litellm/from-litellm';

const canary = 'sk-canary-7f3a';

/** What stands in no field that is right. */
const odd = fc.oneof(
  fc.constantFrom(null, undefined, true, -1, 2.5, NaN, '', ' ', '3', 'os.environ/NONE', 'os.environ/', [], {}, [[]]),
  fc.jsonValue(),
);

type Fitting = Readonly<Record<string, readonly unknown[]>>;

/** An object with a few of these fields; now and then something odd stands in one, or a field is odd itself. */
const some = (fitting: Fitting): fc.Arbitrary<Readonly<Record<string, unknown>>> => {
  const field = fc
    .constantFrom(...Object.keys(fitting))
    .chain((key) =>
      fc.tuple(
        fc.constant(key),
        fc.oneof({ weight: 40, arbitrary: fc.constantFrom(...(fitting[key] ?? [])) }, { weight: 1, arbitrary: odd }),
      ),
    );
  const stranger = fc.tuple(fc.string(), odd);
  const fields = fc.oneof({ weight: 20, arbitrary: field }, { weight: 1, arbitrary: stranger });
  return fc.array(fields, { maxLength: 5 }).map((entries) => Object.fromEntries(entries));
};

const lists = [
  [{ a: ['b', 'x/1'] }],
  [{ '*': ['a', 'a'] }, { a: ['a'] }],
  [{ g: ['b'], b: ['g', 7] }],
  [{ 'x/*': ['nobody'] }],
];
const counts = [0, 1, 3, '2', 'os.environ/NUMBER'];
const seconds = [1, 0.5, '30'];

const params = some({
  api_version: ['v1', '2024-10-21'],
  azure_ad_token: [canary],
  tenant_id: ['t'],
  organization: ['org'],
  headers: [{ 'x-a': canary }],
  rpm: [1, '3'],
  tpm: [1000],
  weight: counts,
  order: counts,
  timeout: seconds,
  stream_timeout: seconds,
  max_parallel_requests: [4],
  tags: [['a'], ['default']],
  cooldown_time: counts,
  max_retries: counts,
  max_tokens: [5],
  custom_llm_provider: ['groq', 'cohere'],
  input_cost_per_token: [1e-7],
  output_cost_per_token: [0],
  input_cost_per_token_above_0k_tokens: [1e-7],
  input_cost_per_token_above_200k_tokens: [0, '2e-7'],
  output_cost_per_token_above_200k_tokens: [0],
  temperature: [1],
  aws_region_name: ['x'],
});
const info = some({
  id: ['one', 'two', 'a'],
  mode: ['chat', 'embedding'],
  max_input_tokens: [9000, 119_000],
  max_output_tokens: [9000],
  allowed_fails: counts,
});
const settings = some({
  routing_strategy: ['simple-shuffle', 'least-busy', 'usage-based-routing', 'lar1'],
  num_retries: counts,
  retry_after: counts,
  allowed_fails: counts,
  allowed_fails_policy: [{ RateLimitErrorAllowedFails: '2', x: 1 }, { BadRequestErrorAllowedFails: 5 }],
  cooldown_time: counts,
  fallbacks: lists,
  context_window_fallbacks: lists,
  content_policy_fallbacks: lists,
  default_fallbacks: [['a'], ['nobody', 'b']],
  max_fallbacks: counts,
  model_group_alias: [{ g: 'a', a: 'b', b: 'g' }, { g: { model: 'a', hidden: true } }, { x: 'x/*' }, { o: 'one' }],
  retry_policy: [
    { TimeoutErrorRetries: 1 },
    { DefaultRetries: 0, BadGatewayErrorRetries: 1, InternalServerErrorRetries: 2 },
  ],
  timeout: seconds,
  request_timeout: seconds,
  default_max_parallel_requests: [2],
  enable_tag_filtering: [true, false],
  disable_cooldowns: [true],
  redis_host: ['x'],
});

const groups = ['a', 'b', 'g', 'x/*', '*', 'a*', '*a*', 'one'];
const models = [
  'gpt-4o',
  'openai/*',
  'azure/x',
  'claude-x',
  'gemini/x',
  'groq/x',
  'ollama/x',
  'bedrock/x',
  'x',
  '/',
  '*',
  'gpt-*',
  'openai/a*b*',
];
const entry = fc
  .tuple(fc.constantFrom(...groups), fc.constantFrom(...models), params, info)
  .map(([model_name, model, rest, model_info]) => ({
    model_name,
    litellm_params: { api_key: canary, api_base: 'https://x.example/v1beta', model, ...rest },
    model_info,
  }));
const oftenRight = (right: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 30, arbitrary: right }, { weight: 1, arbitrary: odd });
const config = oftenRight(
  fc.record({
    model_list: oftenRight(fc.array(oftenRight(entry), { minLength: 1, maxLength: 4 })),
    router_settings: oftenRight(settings),
    litellm_settings: oftenRight(settings),
  }),
);

function readOrRefused(given: unknown): FromLiteLLM | ConfigError {
  try {
    return fromLiteLLM(given, { KEY: canary, OPENAI_API_KEY: canary, NUMBER: '4' });
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

describe('whatever it is given, fromLiteLLM', () => {
  it('gives what a router takes, or says what is wrong; and shows no key', () => {
    const seen = { taken: 0, refused: 0 };
    fc.assert(
      fc.property(config, (given) => {
        const read = readOrRefused(given);
        const isRefused = read instanceof ConfigError;
        if (!isRefused) checkConfig(read.config);
        seen[isRefused ? 'refused' : 'taken'] += 1;
        expect(isRefused ? read.message : JSON.stringify(read)).not.toContain(canary);
        expect(isRefused && read.problems.length === 0).toBe(false);
      }),
      { numRuns: 3000 },
    );
    expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(300);
  });
});
