import * as t from 'io-ts';
import { checkConfig } from '../../config/check-config';
import { ConfigError, fromLiteLLM, type RouterConfig } from '../../index';
import { prices } from '../../tokens/prices/prices';
import { UsageError } from '../usage-error';
import { configFile } from './config-file';
import { providerOf } from './provider-of';
import { type Problems, withSecrets } from './with-secrets';

export interface LoadedConfig {
  readonly config: RouterConfig;
  /** What of it has no effect, a line each. */
  readonly warnings: readonly string[];
}

/**
 * The configuration in a file of YAML or JSON: that of `createRouter`, with providers as `{ use, model, apiKey, … }`, or that of a LiteLLM
 * proxy as it stands. Keys stay in the environment: `os.environ/NAME` or `${NAME}`. Rejects with every problem at once, by path.
 */
export async function loadConfig(
  path: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<LoadedConfig> {
  const said = await configFile(path);
  try {
    if (t.UnknownRecord.is(said) && 'model_list' in said) {
      const { config, unsupported } = fromLiteLLM(said, env);
      return { config, warnings: unsupported.map((one) => `${one.path}: ${one.reason}`) };
    }
    return { config: ours(said, env), warnings: [] };
  } catch (reason) {
    if (reason instanceof ConfigError) throw new UsageError(`${path}: ${listed(reason.problems)}`);
    throw reason;
  }
}

function ours(said: unknown, env: Readonly<Record<string, string | undefined>>): RouterConfig {
  if (!t.UnknownRecord.is(said))
    throw new ConfigError(["expected { deployments: [...] }, or a LiteLLM proxy's model_list"]);
  const problems: Problems = [];
  const filled = withSecrets(said, env, problems) as Readonly<Record<string, unknown>>;
  const list = Array.isArray(filled['deployments']) ? (filled['deployments'] as unknown[]) : undefined;
  const deployments = list?.map((one, i) => {
    if (!t.UnknownRecord.is(one)) return one;
    return { ...one, provider: providerOf(one['provider'], `deployments[${String(i)}].provider`, problems) };
  });
  const config: unknown = {
    ...filled,
    ...(deployments === undefined ? {} : { deployments }),
    prices: withListPrices(filled['prices']),
  };
  try {
    checkConfig(config);
  } catch (reason) {
    if (!(reason instanceof ConfigError)) throw reason;
    const isTold = (problem: string): boolean =>
      problems.some((one) => one.startsWith(problem.split(': ', 1)[0] ?? ''));
    throw new ConfigError([...problems, ...reason.problems.filter((problem) => !isTold(problem))]); // a provider that could not be made
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** What the file says comes first; what it says wrongly is told by the check. */
function withListPrices(said: unknown): unknown {
  return said === undefined || t.UnknownRecord.is(said) ? { ...prices, ...said } : said;
}

/** One in a line; several below each other. */
function listed(problems: readonly string[]): string {
  return problems.length === 1
    ? (problems[0] ?? '')
    : `${String(problems.length)} problems\n${problems.map((one) => `  ${one}`).join('\n')}`;
}
