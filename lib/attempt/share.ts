import type { Ask } from '../plan/choose';
import { nextGroup, type Course, type FallbackRules } from './next-group';

/**
 * What the group that is asked now has of the time: with g groups still to ask, itself among them, a g-th of what is left. What it does
 * not use is left to the others; the last has all of it.
 *
 * @param deadline of the request; with `now` on the clock of the router (ms)
 */
export function share(
  course: Course,
  { deadline, now }: { readonly deadline: number; readonly now: number },
  rules: FallbackRules,
): Pick<Ask, 'deadline' | 'hasFallback'> {
  const groups = groupsLeft(course, rules);
  return { deadline: groups === 1 ? deadline : now + (deadline - now) / groups, hasFallback: groups > 1 };
}

/** How many it will ask when each fails with what the general list is for. */
function groupsLeft(course: Course, rules: FallbackRules): number {
  let groups = 1;
  let ahead = course;
  for (
    let next = nextGroup('fallbacks', ahead, rules);
    next !== undefined;
    next = nextGroup('fallbacks', ahead, rules)
  ) {
    ahead = { ...ahead, asked: [...ahead.asked, next] };
    groups += 1;
  }
  return groups;
}
