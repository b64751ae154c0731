import * as t from 'io-ts';
import { ConfigError } from '../config/config-error';
import type { Deployment, RouterConfig } from '../config/router-config';
import { CountFromOne } from '../domain/numbers';
import { aliasesOf } from './aliases-of';
import { checkSwitches } from './check-switches';
import { deploymentOf } from './deployment-of';
import { fallbacksOf } from './fallbacks-of';
import { fieldsOf, type Fields } from './fields';
import { given } from './given';
import { healthOf } from './health-of';
import { nameCheck } from './name-check';
import type { Reading, Unsupported } from './reading';
import { reasons } from './reasons';
import { retriesOf } from './retries-of';
import { sameIds } from './same-ids';
import { strategyOf } from './strategy-of';
import { timeoutsOf } from './timeouts-of';
import { withOrders } from './with-orders';

/** What became of LiteLLM's configuration. */
export interface FromLiteLLM {
  /** For `createRouter`. */
  readonly config: RouterConfig;
  /** What has no counterpart, or another one: each field with its place and the reason. Worth reading once. */
  readonly unsupported: readonly Unsupported[];
}

const Models = t.refinement(t.readonlyArray(t.unknown), (list) => list.length > 0, 'a list of models');
const Variables = t.record(t.string, t.unknown, 'values by name');

/**
 * Reads the configuration of a LiteLLM proxy, as parsed from its YAML: `model_list`, `router_settings`, and what `litellm_settings` say
 * of routing. Throws one `ConfigError` with every problem, by path: what is malformed, keys and variables that are missing, no model
 * left to serve. No message shows a key. The only environment that it knows is the one it is given.
 *
 * @example
 * const { config, unsupported } = fromLiteLLM(parse(readFileSync('config.yaml', 'utf8')), process.env);
 * const router = createRouter(config);
 */
export function fromLiteLLM(config: unknown, env: Readonly<Record<string, string | undefined>>): FromLiteLLM {
  const reading: Reading = { env: { ...env, ...variablesOf(config) }, problems: [], unsupported: [] };
  const whole = fieldsOf(config, '', reading);
  whole.value('environment_variables', Variables);
  const models = whole.required('model_list', Models) ?? [];
  const router = whole.fields('router_settings');
  const settings = whole.fields('litellm_settings');

  const defaults = {
    maxParallel: router.number('default_max_parallel_requests', CountFromOne),
    disableCooldowns: router.value('disable_cooldowns', t.boolean) === true,
  };
  const served = models.flatMap((model, i) => {
    const fields = fieldsOf(model, `model_list[${String(i)}]`, reading);
    const deployment = deploymentOf(fields, defaults, reading);
    return deployment === undefined ? [] : [{ fields, deployment }];
  });
  const { problems, unsupported } = reading;
  if (problems.length === 0 && served.length === 0) {
    const left = unsupported.map(({ path, reason }) => `${path}: ${reason}`);
    throw new ConfigError(['model_list: none of its models can be served', ...left]);
  }
  problems.push(...sameIds(served));
  const deployments = withOrders(served.map(({ deployment }) => deployment));
  const told = routerPart(router, settings, deployments, reading);
  router.leftOver(reasons.router);
  settings.leftOver(reasons.settings);
  whole.leftOver(reasons.top);
  if (problems.length > 0) throw new ConfigError(problems);
  return { config: given({ deployments, ...told }), unsupported };
}

/** All that is not about one model. */
function routerPart(
  router: Fields,
  settings: Fields,
  deployments: readonly Deployment[],
  reading: Reading,
): Omit<RouterConfig, 'deployments'> {
  const groups = [...new Set(deployments.map(({ group }) => group))];
  const problemIn = nameCheck(deployments);
  const aliases = aliasesOf(router, problemIn);
  checkSwitches(router, deployments);
  const goesOn = router.value('enable_mid_stream_fallback_continuation', t.boolean) === true;
  return {
    aliases,
    strategy: strategyOf(router, deployments),
    timeouts: timeoutsOf(router, settings),
    ...retriesOf(router, settings),
    health: healthOf(router, settings, groups),
    ...fallbacksOf(router, settings, (tables) => problemIn({ aliases, ...tables }), reading),
    onStreamBreak: goesOn ? 'continue' : undefined,
    dropUnsupported: settings.value('drop_params', t.boolean),
  };
}

/** LiteLLM puts them into its environment before it looks anything up there. */
function variablesOf(config: unknown): Readonly<Record<string, string>> {
  const variables = t.UnknownRecord.is(config) ? config['environment_variables'] : undefined;
  const entries = t.UnknownRecord.is(variables) ? Object.entries(variables) : [];
  return Object.fromEntries(entries.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
}
