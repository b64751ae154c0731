import * as t from 'io-ts';
import { tags, type Tag } from '../domain/error';
import { Count, CountFromOne, Duration, Finite, FromZero } from '../domain/numbers';
import { BudgetCodec } from '../domain/budget';
import { only } from '../domain/only';
import { maybe } from '../domain/optional';
import { Timeouts } from '../domain/request-codec';
import type { Provider } from '../provider/provider';
import type { AxiosInstance } from '../transport/axios-instance';
import type { Transport } from '../transport/transport';
import { known } from './known';
import type { AllowedFails, Deployment as DeploymentConfig, HealthConfig, RouterConfig } from './router-config';
import type { CountTokens } from '../plan/limits/count-tokens';
import type { Shared } from '../plan/limits/shared';
import { StrategyCodec } from './strategy-codec';

const isFunction = (value: unknown): boolean => typeof value === 'function';
const functions = ['toCall', 'toCompletion', 'toError'];

const ProviderCodec = known<Provider>('a provider, e.g. openai({ model, apiKey })', (value) => {
  if (!t.UnknownRecord.is(value)) return false;
  return (
    typeof value['name'] === 'string' &&
    typeof value['model'] === 'string' &&
    functions.every((name) => isFunction(value[name]))
  );
});

const TransportCodec = known<Transport | AxiosInstance>('a transport or an axios instance', isFunction);
const Clock = known<() => number>('a function giving ms', isFunction);
const Random = known<() => number>('a function giving numbers in [0, 1)', isFunction);
const Counter = known<CountTokens>('a function giving a number, or an Observable of one', isFunction);
const Text = t.refinement(t.string, (text) => text.trim() !== '', 'a name');

const rates = { input: FromZero, output: FromZero, cachedInput: maybe(FromZero) };
const longPrompt = { ...rates, above: Count };
const LongPromptCodec = only(longPrompt, t.type(longPrompt, 'the price of long prompts { above, input, output }'));
const price = { ...rates, longPrompt: maybe(LongPromptCodec) };
const PriceCodec = only(price, t.type(price, 'a price { input, output }, in USD per million tokens'));
const priceEntry = { ...price, contextWindow: maybe(CountFromOne), maxOutput: maybe(CountFromOne) };
const PriceEntryCodec = only(priceEntry, t.type(priceEntry, 'a price { input, output, contextWindow? }'));

const clock = { attemptMs: maybe(Duration), firstChunkMs: maybe(Duration), chunkMs: maybe(Duration) };
const deployment = {
  group: Text,
  provider: ProviderCodec,
  id: maybe(Text),
  weight: maybe(FromZero),
  order: maybe(Finite),
  rpm: maybe(CountFromOne),
  tpm: maybe(CountFromOne),
  maxParallel: maybe(CountFromOne),
  quota: maybe(Text),
  tags: maybe(t.readonlyArray(Text, 'tags')),
  price: maybe(PriceCodec),
  contextWindow: maybe(CountFromOne),
  reserveTokens: maybe(CountFromOne),
  timeouts: maybe(only(clock, t.partial(clock, 'timeouts'))),
  cooldownMs: maybe(FromZero),
  allowedFails: maybe(Count),
  transport: maybe(TransportCodec),
};
const Deployment: t.Type<DeploymentConfig> = only(
  deployment,
  t.type(deployment, 'a deployment'),
) as t.Type<DeploymentConfig>;

const countByTag = Object.fromEntries(tags.map((tag) => [tag, maybe(Count)])) as Record<
  Tag,
  t.Type<number | undefined>
>;
const allowedFails = {
  groups: maybe(t.record(t.string, Count)),
  tags: maybe(only(countByTag, t.partial(countByTag, 'a number of failures by tag'))),
};
const AllowedFailsCodec = only(
  allowedFails,
  t.partial(allowedFails, 'a whole number from 0, or { groups, tags }'),
) as t.Type<AllowedFails>;
/** No union: its errors would not say which of the groups or tags is meant. */
const FailsCodec: t.Type<NonNullable<HealthConfig['allowedFails']>> = new t.Type(
  AllowedFailsCodec.name,
  (value): value is NonNullable<HealthConfig['allowedFails']> => Count.is(value) || AllowedFailsCodec.is(value),
  (value, context) => (typeof value === 'number' ? Count : AllowedFailsCodec).validate(value, context),
  t.identity,
);

const health = {
  cooldownMs: maybe(FromZero),
  allowedFails: maybe(FailsCodec),
  whenExhausted: maybe(t.keyof({ wait: null, fail: null }, "'wait' or 'fail'")),
  on429: maybe(t.keyof({ learn: null, cooldown: null }, "'learn' or 'cooldown'")),
};
const Health: t.Type<HealthConfig> = only(health, t.partial(health, 'health'));

const quota = { rpm: maybe(CountFromOne), tpm: maybe(CountFromOne), maxParallel: maybe(CountFromOne) };
const QuotaCodec = only(quota, t.partial(quota, 'a quota { rpm, tpm, maxParallel }'));
const FallbacksCodec = t.record(t.string, t.readonlyArray(Text, 'names of groups'), 'groups by group');
const Share = t.refinement(t.number, (n) => n >= 0 && n <= 1, 'a number from 0 to 1');
const hedge = { afterMs: FromZero, maxExtra: maybe(Share) };
const HedgeCodec = only(hedge, t.type(hedge, '{ afterMs, maxExtra? }'));
const SharedCodec = known<Shared>('{ acquire, hints$, tell }', (value) => {
  if (!t.UnknownRecord.is(value)) return false;
  return isFunction(value['acquire']) && isFunction(value['tell']) && t.UnknownRecord.is(value['hints$']);
});
const caps = { bodyBytes: maybe(CountFromOne), eventBytes: maybe(CountFromOne), jsonDepth: maybe(CountFromOne) };

const router = {
  deployments: t.refinement(t.readonlyArray(Deployment), (list) => list.length > 0, 'at least one deployment'),
  defaultModel: maybe(Text),
  aliases: maybe(t.record(t.string, Text)),
  strategy: maybe(StrategyCodec),
  timeouts: maybe(Timeouts),
  maxRetries: maybe(Count),
  retryPolicy: maybe(only(countByTag, t.partial(countByTag, 'a number of retries by tag'))),
  maxThrottles: maybe(Count),
  throttleMs: maybe(FromZero),
  health: maybe(Health),
  quotas: maybe(t.record(t.string, QuotaCodec)),
  budget: maybe(BudgetCodec),
  prices: maybe(t.record(t.string, PriceEntryCodec)),
  countTokens: maybe(Counter),
  fallbacks: maybe(FallbacksCodec),
  contextWindowFallbacks: maybe(FallbacksCodec),
  contentPolicyFallbacks: maybe(FallbacksCodec),
  maxFallbacks: maybe(Count),
  hedge: maybe(HedgeCodec),
  experimental: maybe(t.readonlyArray(t.literal('hedge', "'hedge'"), 'names of experimental features')),
  shared: maybe(SharedCodec),
  onStreamBreak: maybe(t.keyof({ fail: null, restart: null, continue: null }, "'fail', 'restart' or 'continue'")),
  dropUnsupported: maybe(t.boolean),
  transport: maybe(TransportCodec),
  caps: maybe(only(caps, t.partial(caps, 'caps'))),
  exposeBodies: maybe(t.boolean),
  random: maybe(Random),
  now: maybe(Clock),
  wallNow: maybe(Clock),
};

/** What `createRouter` is given, as far as a codec can tell: `checkConfig` looks at what the parts have to do with each other. */
export const RouterConfigCodec: t.Type<RouterConfig> = only(
  router,
  t.type(router, 'RouterConfig'),
) as t.Type<RouterConfig>;
