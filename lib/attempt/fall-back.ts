import type { CompletionError } from '../domain/error';
import { ruleFor, type FallbackList } from './error-rules';
import type { Journey, RouterContext } from './journey';
import { nextGroup } from './next-group';
import { refusedBy } from './refused-by';
import { share } from './share';
import { noTries } from './tries';

/**
 * Takes a request whose group has failed for good to the next one, if there is one for such a failure and time for it. Each group has
 * tries of its own and its share of the time; the place in line and the attempts are the request's.
 */
export function fallBack(error: CompletionError, journey: Journey, context: RouterContext): boolean {
  const { asked, course, deadline, target, tries } = journey;
  const now = context.now();
  const list = deadline - now < 1 ? undefined : listFor(error, journey);
  const next = list === undefined ? undefined : nextGroup(list, course, context.fallbacks);
  if (next === undefined) return false;
  journey.target = next;
  journey.course = { ...course, asked: [...course.asked, next] };
  journey.tries = noTries(
    {
      ...tries,
      ...share(journey.course, { deadline, now }, context.fallbacks),
      only: next.only,
      star: next.model,
      estimate: { ...(tries.reasked?.first ?? tries.estimate), counts: undefined },
      refusedBy: refusedBy(next.group, asked.request, (one) => context.endpoint(one).provider),
    },
    tries,
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

/** The end of a group's share of the time is not the request's. */
function listFor(error: CompletionError, { tries }: Journey): FallbackList | undefined {
  const isOutOfTime = error._tag === 'Timeout' && error.phase === 'total';
  return isOutOfTime && tries.hasFallback ? 'fallbacks' : ruleFor(error).fallback;
}
