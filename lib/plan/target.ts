import type { DeploymentState } from './deployment';
import type { Group } from './group';

/** Whom a name asks: what a request's `model`, or a fallback, means in this router. */
export interface Target {
  readonly group: Group;
  /** The only deployment that is meant; absent: any of the group. */
  readonly only?: DeploymentState | undefined;
  /** What the star of a wildcard group stood for: the vendor's name of the model. */
  readonly model?: string | undefined;
}
