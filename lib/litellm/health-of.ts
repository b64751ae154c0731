import * as t from 'io-ts';
import type { HealthConfig } from '../config/router-config';
import { Count, FromZero } from '../domain/numbers';
import { countsByTag } from './counts-by-tag';
import type { Fields } from './fields';
import { given } from './given';

const atOnce = 'a wrong key, permission or name cools a deployment down at once';
const noFault = 'what is refused is the request: no deployment is blamed for it';

/** LiteLLM's own, which it takes for none at all. */
const defaultFails = 3;

/**
 * When a deployment is left alone. A 429 cools down at once where another deployment can take over, as in LiteLLM; but where a number of
 * failures has been set, LiteLLM counts the 429s to it, and so does this.
 */
export function healthOf(router: Fields, settings: Fields, groups: readonly string[]): HealthConfig {
  const inSettings = settings.number('allowed_fails', Count);
  const allowedFails = router.number('allowed_fails', Count) ?? inSettings;
  const byTag = countsByTag(router.fields('allowed_fails_policy'), 'AllowedFails', {
    Authentication: atOnce,
    NotFound: atOnce,
    BadRequest: noFault,
    ContentPolicyViolation: noFault,
  });
  const disabled = router.value('disable_cooldowns', t.boolean) === true;
  const cooldownMs = router.ms('cooldown_time', FromZero);
  if (cooldownMs === 0 && !disabled) {
    router.unsupported(
      'cooldown_time',
      'LiteLLM takes 0 for its default, 5 s: disable_cooldowns is what turns them off',
    );
  }
  const counts = byTag !== undefined || (allowedFails ?? defaultFails) !== defaultFails;
  const tags = { ...byTag, RateLimited: byTag?.RateLimited ?? allowedFails ?? defaultFails };
  return given({
    cooldownMs: disabled ? 0 : cooldownMs === 0 ? undefined : cooldownMs,
    allowedFails: counts ? given({ tags, groups: byGroup(groups, allowedFails) }) : allowedFails,
    on429: counts ? ('learn' as const) : ('cooldown' as const),
  });
}

function byGroup(groups: readonly string[], count: number | undefined): Readonly<Record<string, number>> | undefined {
  return count === undefined ? undefined : Object.fromEntries(groups.map((group) => [group, count]));
}
