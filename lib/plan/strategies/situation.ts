import type { Ask } from '../choose';
import type { DeploymentState } from '../deployment';

/** What there is to choose from, and by what. */
export interface Situation {
  /** They are well and have room. */
  readonly candidates: readonly [DeploymentState, ...DeploymentState[]];
  readonly ask: Ask;
  /** On the router's clock (ms). */
  readonly now: number;
  readonly random: () => number;
}
