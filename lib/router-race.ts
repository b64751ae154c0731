import { merge, type Observable } from 'rxjs';
import type { Answer } from './attempt/answer';
import { firstAnswer$ } from './attempt/first-answer';
import type { Output, ReadBy } from './domain/output';
import type { ParallelResult } from './domain/result';
import { fanOut } from './fan-out';
import type { FanOutWork } from './fan-out-work';
import { requestContext } from './request-context';
import type { ResultOptions } from './router';
import { routerGroups } from './router-groups';
import { routerRequestTo } from './router-request-to';
import { routerSettings } from './router-settings';
import type { RouterState } from './router-state';
import { routerWork, type Item } from './router-work';

/** How a request is asked of several groups at the same time. */
export interface RaceOptions<Out extends Output | undefined = Output | undefined> extends ResultOptions<Out> {
  /** Whom to ask: groups, aliases, ids. One that is named twice is asked once. */
  readonly groups: readonly string[];
}

/** A run of one request whose answer is the first that one of several groups gives; each of them goes its own whole way. */
export function routerRace<Req extends Item, Out extends Output | undefined>(
  request: Req,
  state: RouterState,
  options: RaceOptions<Out>,
): Observable<ParallelResult<Req, ReadBy<Out>>> {
  const { groups, ...rest } = { ...options }; // a copy: no options at all have no groups
  const names = routerGroups(groups);
  const settings = routerSettings(rest, state);

  const newWork = (): FanOutWork<Item, Answer, ParallelResult<Item>> => {
    const work = routerWork<Item>(state, rest);
    return {
      ...work,
      run: (item, index, { queuedMs, stopped$ }) =>
        firstAnswer$(names, (group, { won$, over$ }) =>
          work.run(routerRequestTo(group, item, over$), index, requestContext(queuedMs, merge(stopped$, won$))),
        ),
    };
  };
  // The row holds the very request that was given, and the answer as `output` reads it.
  return fanOut<Item, Answer, ParallelResult<Item>>([request], newWork, settings) as Observable<
    ParallelResult<Req, ReadBy<Out>>
  >;
}
