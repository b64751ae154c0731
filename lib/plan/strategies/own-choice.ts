import { defect } from '../../domain/defect';
import { completionError } from '../../domain/error';
import type { DeploymentState } from '../deployment';
import { candidate, type Candidate } from './candidate';
import type { Situation } from './situation';
import type { Strategy } from './strategy';

/** What a strategy of the user's own chooses, found again by its id. Throws a `Defect` when it throws, or gives what it was not offered. */
export function ownChoice(
  strategy: Extract<Strategy, (...given: never[]) => unknown>,
  { candidates, ask, now }: Pick<Situation, 'candidates' | 'ask' | 'now'>,
): DeploymentState {
  const where = `the strategy of group '${candidates[0].group}'`;
  const offered = candidates.map((one) => candidate(one, ask.star, now));
  const id = idOf(attempted(() => strategy(offered, ask.request), where));
  const chosen = candidates.find((one) => one.id === id);
  if (chosen === undefined)
    throw completionError({ _tag: 'Defect', message: `${where} returned none of its candidates` });
  return chosen;
}

function attempted(choose: () => Candidate, where: string): unknown {
  try {
    return choose();
  } catch (thrown) {
    throw defect(where, thrown);
  }
}

function idOf(given: unknown): unknown {
  return typeof given === 'object' && given !== null && 'id' in given ? given.id : undefined;
}
