import type { CompletionError } from '../domain/error';
import { ruleFor } from './error-rules';
import type { Journey, RouterContext } from './journey';
import { nextGroup } from './next-group';
import { refusedBy } from './refused-by';
import { share } from './share';
import { noTries } from './tries';

/**
 * Takes a request whose group has failed for good to the next one, if there is one for such a failure. Each group has tries of its own
 * and its share of the time; the place in line and the attempts are the request's.
 */
export function fallBack(error: CompletionError, journey: Journey, context: RouterContext): boolean {
  const { fallback } = ruleFor(error);
  const { asked, course, deadline, target, tries } = journey;
  const next = fallback === undefined ? undefined : nextGroup(fallback, course, context.fallbacks);
  if (next === undefined) return false;
  journey.target = next;
  journey.course = { ...course, asked: [...course.asked, next] };
  journey.tries = noTries(
    {
      ...tries,
      ...share(journey.course, { deadline, now: context.now() }, context.fallbacks),
      only: next.only,
      refusedBy: refusedBy(next.group, asked.request, (one) => context.endpoint(one).provider),
    },
    tries.attempts,
  );
  context.emit(() => ({
    type: 'fallback-taken',
    at: context.wallNow(),
    group: target.group.name,
    index: asked.index,
    to: next.group.name,
    tag: error._tag,
  }));
  return true;
}
