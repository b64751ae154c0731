import * as t from 'io-ts';
import type { Deployment } from '../config/router-config';
import { FromZero } from '../domain/numbers';
import type { Fields } from './fields';

/** Notes what LiteLLM can switch on or off, and what is always one of them here. */
export function checkSwitches(router: Fields, deployments: readonly Deployment[]): void {
  if (router.value('enable_pre_call_checks', t.boolean) === false) {
    router.unsupported('enable_pre_call_checks', 'always on, for models that give max_input_tokens');
  }
  if (router.value('tag_filtering_match_any', t.boolean) === false) {
    router.unsupported('tag_filtering_match_any', 'one of the tags of a request is enough');
  }
  const byTags = router.value('enable_tag_filtering', t.boolean) === true;
  if (byTags && deployments.some(({ tags }) => tags?.includes('default') === true)) {
    router.unsupported(
      'enable_tag_filtering',
      "the tag 'default' is one like any other: requests without tags may ask any model",
    );
  }
  if ((router.number('retry_after', FromZero) ?? 0) > 0) {
    router.unsupported(
      'retry_after',
      "before a retry the vendor's Retry-After is waited for, else 0.5 s, doubled up to 8 s",
    );
  }
  router.value('enable_weighted_failover', t.boolean); // always so: a retry prefers a deployment that it has not asked
}
