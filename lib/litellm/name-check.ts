import { nameProblems } from '../config/name-problems';
import { parts } from '../config/parts';
import type { Deployment, RouterConfig } from '../config/router-config';

/** The parts of a configuration that give names. */
export type Named = Pick<RouterConfig, 'aliases' | 'fallbacks' | 'contextWindowFallbacks' | 'contentPolicyFallbacks'>;

/** Tells what `createRouter` would object to in names, beside these deployments; `undefined`: nothing. */
export function nameCheck(deployments: readonly Deployment[]): (named: Named) => string | undefined {
  return (named) => nameProblems(parts({ deployments, ...named }))[0]?.replace(/^.*?: /s, ''); // without its path, which is not LiteLLM's
}
