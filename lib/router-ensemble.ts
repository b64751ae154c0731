import type { Observable } from 'rxjs';
import type { Answer } from './attempt/answer';
import type { Output, ReadBy } from './domain/output';
import type { ParallelResult } from './domain/result';
import { fanOut } from './fan-out';
import type { FanOutWork } from './fan-out-work';
import type { RouterRunOptions } from './parallel-router';
import { routerGroups } from './router-groups';
import { routerRequestTo } from './router-request-to';
import { routerSettings } from './router-settings';
import type { RouterState } from './router-state';
import { routerWork, type Item } from './router-work';
import { inputKind } from './rx/source/input-kind';
import type { Requests } from './rx/source/to-source';

/** How every request is asked of several groups: as a run whose requests are each asked once for each group. */
export interface EnsembleOptions<Out extends Output | undefined = Output | undefined> extends RouterRunOptions<Out> {
  /** Whom to ask: groups, aliases, ids. One that is named twice is asked once. */
  readonly groups: readonly string[];
}

/** A run of `parallel$` in which each request has as many turns as there are groups: each turn asks another one. */
export function routerEnsemble<Req extends Item, Out extends Output | undefined>(
  requests: Requests<Req>,
  state: RouterState,
  options: EnsembleOptions<Out>,
): Observable<ParallelResult<Req, ReadBy<Out>>> {
  inputKind(requests);
  const { groups, ...rest } = { ...options }; // a copy: no options at all have no groups
  const names = routerGroups(groups);
  const settings = routerSettings(rest, state);

  const newWork = (): FanOutWork<Item, Answer, ParallelResult<Item>> => {
    const work = routerWork<Item>(state, rest);
    const groupAt = (turn: number): string => names[turn % names.length] ?? '';
    return {
      ...work,
      times: names.length,
      run: (item, turn, context) =>
        work.run(routerRequestTo(groupAt(turn), item), Math.floor(turn / names.length), context),
      memory: {
        ...work.memory,
        body: (item, turn) => work.memory.body(routerRequestTo(groupAt(turn), item), turn),
      },
      toRow: (item, turn, settled, timing) => ({ ...work.toRow(item, turn, settled, timing), group: groupAt(turn) }),
    };
  };
  // The rows hold the very requests that were given, and the answers as `output` reads them.
  return fanOut<Item, Answer, ParallelResult<Item>>(requests, newWork, settings) as Observable<
    ParallelResult<Req, ReadBy<Out>>
  >;
}
