import { answersOf } from './answers-of';
import { benchRouter } from './bench-router';
import type { HttpContender } from './http-contender';

/** Everything that a user of this library gets by default: router, retries, time-outs, cancellation, checked replies. */
export const fanoutHttp: HttpContender = (url) => {
  const router = benchRouter(url);
  return (prompts, concurrency) => answersOf(router, prompts, { concurrency });
};
