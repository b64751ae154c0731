import { count, lastValueFrom } from 'rxjs';
import { type FanoutRouter, type RouterRunOptions, text } from 'rx-fanout';
import { type ChatRequest, isAnswer, requestTo } from './exchange';

/** Sends all prompts through a router; resolves to how many right answers it got. */
export function answersOf(
  router: FanoutRouter,
  prompts: readonly string[],
  options: RouterRunOptions,
): Promise<number> {
  const answers$ = router
    .parallel$(requestsOf(prompts), options)
    .pipe(count(({ outcome }) => outcome._tag === 'Right' && isAnswer(text(outcome.right))));
  return lastValueFrom(answers$, { defaultValue: 0 });
}

/** One at a time, as the other contenders make them. */
function* requestsOf(prompts: readonly string[]): Generator<ChatRequest, void> {
  for (const prompt of prompts) yield requestTo(prompt);
}
