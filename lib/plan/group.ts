import type { Either } from 'fp-ts/Either';
import type { Subject } from 'rxjs';
import type { CompletionError } from '../domain/error';
import { alarm, type Alarm } from './alarm';
import type { Ask, ChoiceRules } from './choose';
import type { DeploymentState } from './deployment';
import { chooser, type Chooser } from './strategies/chooser';
import type { Strategy } from './strategies/strategy';
import { waitingLine, type Place, type WaitingLine } from './waiting-line';

/** Leave to make one call to one deployment. Its place is held until the call is settled. */
export interface Permit {
  readonly deployment: DeploymentState;
  /** This call decides whether the deployment is well again. */
  readonly probe: boolean;
  /** Counts the deployment's calls, from 0. */
  readonly number: number;
}

/** A request that waits for a place. */
export interface Waiter extends Place {
  readonly ask: Ask;
  readonly answer: Subject<Either<CompletionError, Permit>>;
}

/** A model group: its deployments and who waits for them. */
export interface Group {
  readonly name: string;
  readonly deployments: readonly DeploymentState[];
  readonly chooser: Chooser;
  readonly line: WaitingLine<Waiter>;
  /** Set while somebody waits for a moment on the clock. */
  readonly alarm: Alarm;
  serving: boolean;
  /** Something happened while it was being served. */
  changed: boolean;
}

export interface AdmissionRules extends ChoiceRules {
  /** Monotonic clock (ms). */
  readonly now: () => number;
}

export function group(
  name: string,
  deployments: readonly DeploymentState[],
  strategy: Strategy = 'simple-shuffle',
): Group {
  const line = waitingLine<Waiter>();
  return { name, deployments, chooser: chooser(strategy), line, alarm: alarm(), serving: false, changed: false };
}
