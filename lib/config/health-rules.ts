import type { HealthRules } from '../plan/health';
import type { Deployment, HealthConfig } from './router-config';

type Its = Pick<Deployment, 'group' | 'cooldownMs' | 'allowedFails'>;

/** By which rules a deployment is left alone: its own, else its group's, else the router's. A failure's tag, where it has a number, comes before all. */
export function healthRules(
  { group, cooldownMs, allowedFails }: Its,
  { on429 = 'learn', ...health }: HealthConfig = {},
): Omit<HealthRules, 'alone'> {
  const { groups = {}, tags } = typeof health.allowedFails === 'object' ? health.allowedFails : {};
  const ofRouter = typeof health.allowedFails === 'number' ? health.allowedFails : undefined;
  const ofGroup = Object.hasOwn(groups, group) ? groups[group] : undefined; // a group may be called `constructor`
  return {
    cooldownMs: cooldownMs ?? health.cooldownMs ?? 5000,
    allowedFails: allowedFails ?? ofGroup ?? ofRouter,
    allowedFailsByTag: tags,
    on429,
  };
}
