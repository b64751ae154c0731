import { longestParkedMs, standing, type Cause, type Health, type HealthRules } from './health';
import type { CooldownHint } from './limits/shared';

const causes: Readonly<Record<Cause, null>> = { failing: null, config: null, parked: null };

/**
 * The health after others have told of a cooldown. One of ours that runs is never shortened by theirs; nor made longer by its own echo,
 * which comes later and is as long. A probe under way knows better. A deployment that is never cooled here, or a cause that we do not
 * know: nothing changes.
 */
export function hinted(
  health: Health,
  { cooledForMs, cause }: CooldownHint,
  now: number,
  { cooldownMs }: Pick<HealthRules, 'cooldownMs'>,
): Health {
  if (!isCause(cause) || cooldownMs === 0 || !(cooledForMs > 0)) return health;
  const forMs = Math.min(cooledForMs, longestParkedMs);
  const place = standing(health, now);
  if (place === 'probing' || (place === 'cooling' && forMs <= health.cooledForMs)) return health;
  return { ...health, outcomes: [], cause, cooledUntil: now + forMs, cooledForMs: forMs };
}

function isCause(cause: string): cause is Cause {
  return Object.hasOwn(causes, cause);
}
