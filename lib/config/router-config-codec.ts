import * as t from 'io-ts';
import { tags, type Tag } from '../domain/error';
import { Count, CountFromOne, Duration, Finite, FromZero } from '../domain/numbers';
import { only } from '../domain/only';
import { maybe } from '../domain/optional';
import { Timeouts } from '../domain/request-codec';
import type { Provider } from '../provider/provider';
import type { AxiosInstance } from '../transport/axios-instance';
import type { Transport } from '../transport/transport';
import { known } from './known';
import type { Deployment as DeploymentConfig, HealthConfig, RouterConfig } from './router-config';
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
const Text = t.refinement(t.string, (text) => text.trim() !== '', 'a name');

const clock = { attemptMs: maybe(Duration), firstChunkMs: maybe(Duration), chunkMs: maybe(Duration) };
const deployment = {
  group: Text,
  provider: ProviderCodec,
  id: maybe(Text),
  weight: maybe(FromZero),
  order: maybe(Finite),
  maxParallel: maybe(CountFromOne),
  timeouts: maybe(only(clock, t.partial(clock, 'timeouts'))),
  cooldownMs: maybe(FromZero),
  allowedFails: maybe(Count),
  transport: maybe(TransportCodec),
};
const Deployment: t.Type<DeploymentConfig> = only(
  deployment,
  t.type(deployment, 'a deployment'),
) as t.Type<DeploymentConfig>;

const health = {
  cooldownMs: maybe(FromZero),
  allowedFails: maybe(Count),
  whenExhausted: maybe(t.keyof({ wait: null, fail: null }, "'wait' or 'fail'")),
};
const Health: t.Type<HealthConfig> = only(health, t.partial(health, 'health'));

const retries = Object.fromEntries(tags.map((tag) => [tag, maybe(Count)])) as Record<Tag, t.Type<number | undefined>>;
const caps = { bodyBytes: maybe(CountFromOne), eventBytes: maybe(CountFromOne), jsonDepth: maybe(CountFromOne) };

const router = {
  deployments: t.refinement(t.readonlyArray(Deployment), (list) => list.length > 0, 'at least one deployment'),
  defaultModel: maybe(Text),
  strategy: maybe(StrategyCodec),
  timeouts: maybe(Timeouts),
  maxRetries: maybe(Count),
  retryPolicy: maybe(only(retries, t.partial(retries, 'a number of retries by tag'))),
  maxThrottles: maybe(Count),
  throttleMs: maybe(FromZero),
  health: maybe(Health),
  onStreamBreak: maybe(t.keyof({ fail: null, restart: null }, "'fail' or 'restart'")),
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
