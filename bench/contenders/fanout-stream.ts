import { count, from, lastValueFrom, mergeMap } from 'rxjs';
import { benchRouter } from './bench-router';
import type { StreamContender } from './stream-contender';
import { isToken, streamedRequestTo } from './streamed-exchange';

/** `stream$` of each prompt, side by side. */
export const fanoutStream: StreamContender = (url) => {
  const { stream$ } = benchRouter(url);
  return (prompts, concurrency) => {
    const tokens$ = from(prompts).pipe(
      mergeMap((prompt) => stream$(streamedRequestTo(prompt)), concurrency),
      count(({ choices }) => isToken(choices[0]?.delta.content)),
    );
    return lastValueFrom(tokens$, { defaultValue: 0 });
  };
};
