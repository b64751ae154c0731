import { explain } from '../domain/explain';
import { ConfigError } from './config-error';
import { deploymentProblems } from './deployment-problems';
import { nameProblems } from './name-problems';
import { parts } from './parts';
import type { RouterConfig } from './router-config';
import { RouterConfigCodec } from './router-config-codec';

/**
 * Throws one `ConfigError` with every problem of the configuration, by path: those of its parts, and those between them, for which no
 * single one is to blame. Values are shown only where they cannot be secrets.
 */
export function checkConfig(config: unknown): asserts config is RouterConfig {
  const decoded = RouterConfigCodec.decode(config);
  const read = parts(config);
  const problems = [
    ...(decoded._tag === 'Left' ? explain(decoded.left) : []),
    ...deploymentProblems(read),
    ...nameProblems(read),
  ];
  if (problems.length > 0) throw new ConfigError(problems);
}
