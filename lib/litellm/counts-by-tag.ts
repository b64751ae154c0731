import type { Tag } from '../domain/error';
import { Count } from '../domain/numbers';
import type { Fields } from './fields';

/** LiteLLM's exceptions, and the tags of what they are here. A tag takes the number of the first that is given. */
const exceptions: readonly (readonly [string, Tag])[] = [
  ['TimeoutError', 'Timeout'],
  ['RateLimitError', 'RateLimited'],
  ['InternalServerError', 'ServerError'],
  ['ServiceUnavailableError', 'ServerError'],
  ['BadGatewayError', 'ServerError'],
  ['AuthenticationError', 'Authentication'],
  ['NotFoundError', 'NotFound'],
  ['BadRequestError', 'BadRequest'],
  ['ContentPolicyViolationError', 'ContentPolicyViolation'],
];

/**
 * LiteLLM's numbers by exception (`TimeoutErrorRetries`) as numbers by tag.
 *
 * @param never why a number above 0 means nothing for these tags
 */
export function countsByTag(
  policy: Fields,
  suffix: 'Retries' | 'AllowedFails',
  never: Readonly<Partial<Record<Tag, string>>>,
): Readonly<Partial<Record<Tag, number>>> | undefined {
  const counts: Partial<Record<Tag, number>> = {};
  for (const [exception, tag] of exceptions) {
    const field = `${exception}${suffix}`;
    const count = policy.number(field, Count);
    if (count === undefined) continue;
    const why = never[tag];
    if (why !== undefined) {
      if (count > 0) policy.unsupported(field, why);
    } else if ((counts[tag] ?? count) !== count) {
      policy.unsupported(field, `a ${tag} here, for which another number is given`);
    } else {
      counts[tag] = count;
    }
  }
  policy.leftOver(() => 'has no counterpart');
  return Object.keys(counts).length === 0 ? undefined : counts;
}
