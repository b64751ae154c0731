import type { DeploymentState } from '../deployment';
import { expectedMs } from './expected-ms';
import { expectedPrice } from './expected-price';
import { leastOf } from './least-of';
import { ownChoice } from './own-choice';
import type { Situation } from './situation';
import type { Strategy } from './strategy';
import { usedShare } from './used-share';

/** Chooses one of the candidates. */
export type Chooser = (situation: Situation) => DeploymentState;

type Measure = (one: DeploymentState) => number;

/** A strategy is what it looks for the least of; weights decide between equals. */
const measures: Readonly<Record<Extract<Strategy, string>, (situation: Situation) => Measure>> = {
  'simple-shuffle': () => () => 0,
  'least-busy': () => (one) => one.inFlight,
  latency: expectedMs,
  usage:
    ({ now }) =>
    (one) =>
      usedShare(one, now),
  cost: expectedPrice,
  'priority-order': () => (one) => one.order,
};

/** O(candidates), and nothing is copied but for a function of the user's own. */
export function chooser(strategy: Strategy): Chooser {
  if (typeof strategy === 'function') return (situation) => ownChoice(strategy, situation);
  const measure = measures[strategy];
  return (situation) => leastOf(measure(situation), situation);
}
