import { count, lastValueFrom } from 'rxjs';
import { benchRouter } from './bench-router';
import type { StreamContender } from './stream-contender';
import { isToken, streamedRequestTo } from './streamed-exchange';

/** `parallelStream$` of all prompts: every chunk with the index of its request, and the rows. */
export const fanoutParallelStream: StreamContender = (url) => {
  const { parallelStream$ } = benchRouter(url);
  return (prompts, concurrency) => {
    const tokens$ = parallelStream$(prompts.map(streamedRequestTo), { concurrency }).pipe(
      count((event) => event.type === 'chunk' && isToken(event.chunk.choices[0]?.delta.content)),
    );
    return lastValueFrom(tokens$, { defaultValue: 0 });
  };
};
