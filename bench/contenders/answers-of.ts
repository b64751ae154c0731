import { count, lastValueFrom } from 'rxjs';
import { type FanoutRouter, text } from 'rx-fanout';
import { isAnswer, requestTo } from './exchange';

/** Sends all prompts through a router; resolves to how many right answers it got. */
export function answersOf(router: FanoutRouter, prompts: readonly string[], concurrency: number): Promise<number> {
  const answers$ = router
    .parallel$(prompts.map(requestTo), { concurrency })
    .pipe(count(({ outcome }) => outcome._tag === 'Right' && isAnswer(text(outcome.right))));
  return lastValueFrom(answers$, { defaultValue: 0 });
}
