import type { Either } from 'fp-ts/Either';
import type { Subject } from 'rxjs';
import type { CompletionError } from '../domain/error';
import { alarm, type Alarm } from './alarm';
import type { Ask, ChoiceRules } from './choose';
import type { DeploymentState } from './deployment';
import type { Reservation } from './limits/reservation';
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
  readonly reservation: Reservation;
}

/** A request that waits for a place. */
export interface Waiter extends Place {
  readonly ask: Ask;
  /** Not every deployment of its group would do. */
  readonly isPicky: boolean;
  readonly answer: Subject<Either<CompletionError, Permit>>;
}

/** The groups of a router: they may draw on the same quotas and budgets, so those who wait are served together. */
export interface Pool {
  /** Groups for which somebody waits. */
  readonly waiting: Set<Group>;
  /** Set while somebody waits for a moment on the clock. */
  readonly alarm: Alarm;
  serving: boolean;
  /** Something happened while it was being served. */
  changed: boolean;
  /** Their limits may be shared with other processes: whoever begins to wait may have to ask for a lease. */
  readonly leasing: boolean;
}

/** A model group: its deployments and who waits for them. */
export interface Group {
  readonly name: string;
  deployments: readonly DeploymentState[];
  /** They are of several vendors. */
  isMixed: boolean;
  chooser: Chooser;
  readonly line: WaitingLine<Waiter>;
  /** How many of those who wait are picky. */
  picky: number;
  readonly pool: Pool;
}

export interface AdmissionRules extends ChoiceRules {
  /** Monotonic clock (ms). */
  readonly now: () => number;
}

export function pool(leasing = false): Pool {
  return { waiting: new Set(), alarm: alarm(), serving: false, changed: false, leasing };
}

export function group(
  name: string,
  deployments: readonly DeploymentState[],
  strategy: Strategy = 'simple-shuffle',
  itsPool: Pool = pool(),
): Group {
  const its = {
    name,
    deployments,
    isMixed: false,
    chooser: chooser(strategy),
    line: waitingLine<Waiter>(),
    picky: 0,
    pool: itsPool,
  };
  regroup(its, deployments, strategy);
  return its;
}

/** Gives a group other deployments, and another way to choose; who waits goes on waiting. The pool must be served afterwards. */
export function regroup(
  its: Group,
  deployments: readonly DeploymentState[],
  strategy: Strategy = 'simple-shuffle',
): void {
  its.deployments = deployments;
  its.isMixed = new Set(deployments.map(({ vendor }) => vendor)).size > 1;
  its.chooser = chooser(strategy);
}

export function join(to: Group, waiter: Waiter): void {
  to.line.join(waiter);
  if (waiter.isPicky) to.picky += 1;
  to.pool.waiting.add(to);
}

/** False when it was not there. */
export function leave(from: Group, waiter: Waiter): boolean {
  const wasThere = from.line.leave(waiter);
  if (wasThere && waiter.isPicky) from.picky -= 1;
  if (from.line.size() === 0) from.pool.waiting.delete(from);
  return wasThere;
}
