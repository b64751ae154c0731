import { map } from 'rxjs';
import { simulatedRouter } from '../simulated/simulated-router';
import { promptOf } from './exchange';
import type { GoodputContender } from './goodput-contender';

/** A router that is told so many times the true limit; without a number, nothing of it. */
export function fanoutGoodput(told?: number): GoodputContender {
  return ({ requests, concurrency, limit, send, random }) => {
    const rpm = told === undefined ? undefined : limit.rps * 60 * told;
    const { parallel$ } = simulatedRouter({ deployments: [{ rpm }], transport: send, random });
    const prompts = Array.from({ length: requests }, (_, index) => promptOf(index));
    return parallel$(prompts, { concurrency }).pipe(map(({ outcome }) => outcome._tag === 'Right'));
  };
}
