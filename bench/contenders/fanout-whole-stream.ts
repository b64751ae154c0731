import { lastValueFrom, map, reduce } from 'rxjs';
import { text } from 'rx-fanout';
import { benchRouter } from './bench-router';
import type { StreamContender } from './stream-contender';
import { streamedRequestTo, tokensAStream, wholeText } from './streamed-exchange';

/** `parallel$` of requests that want to be streamed: the tokens are put together again, and each answer is one row. */
export const fanoutWholeStream: StreamContender = (url) => {
  const { parallel$ } = benchRouter(url);
  return (prompts, concurrency) => {
    const tokens$ = parallel$(prompts.map(streamedRequestTo), { concurrency }).pipe(
      map(({ outcome }) => (outcome._tag === 'Right' && text(outcome.right) === wholeText ? tokensAStream : 0)),
      reduce((sum, tokens) => sum + tokens, 0),
    );
    return lastValueFrom(tokens$, { defaultValue: 0 });
  };
};
