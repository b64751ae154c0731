import type { DeploymentState } from '../../lib/plan/deployment';
import { chooser } from '../../lib/plan/strategies/chooser';
import type { Situation } from '../../lib/plan/strategies/situation';
import type { Strategy } from '../../lib/plan/strategies/strategy';
import { askOf } from './ask-of';

type Given = Partial<Pick<Situation, 'ask' | 'now' | 'random'>>;

/** Whom the strategy takes; with chance that is none the first of equals. */
export function chosenBy(
  strategy: Strategy,
  [first, ...others]: readonly DeploymentState[],
  { ask = askOf(), now = 0, random = () => 0 }: Given = {},
): DeploymentState {
  if (first === undefined) throw new Error('no candidates');
  return chooser(strategy)({ candidates: [first, ...others], ask, now, random });
}
