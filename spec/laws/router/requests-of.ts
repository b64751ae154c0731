import { timer } from 'rxjs';
import type { CompletionRequest } from '../../../lib/domain/request';
import { names, type Scene } from './scene';

/** The requests of a scene, to the groups that are there. */
export function requestsOf({ groups, requests }: Scene): readonly CompletionRequest[] {
  const there = names.slice(0, groups.length);
  const nameOf = (name: (typeof names)[number]): string => there[names.indexOf(name) % there.length] ?? 'a';
  return requests.map(({ model, words, longest, stream, priority, tags, fallbacks, isForOne, ...rest }) => ({
    model: nameOf(model),
    messages: [{ role: 'user', content: 'word '.repeat(words) }],
    max_tokens: longest,
    stream,
    routing: {
      priority,
      tags,
      fallbacks: fallbacks === undefined || fallbacks === false ? fallbacks : fallbacks.map(nameOf),
      deployment: isForOne ? `${nameOf(model)}0` : undefined,
      maxRetries: rest.maxRetries,
      timeouts: { queueMs: rest.queueMs, totalMs: rest.totalMs },
      until: rest.untilMs === undefined ? undefined : timer(rest.untilMs),
    },
  }));
}
