import type { Observable } from 'rxjs';

/** A part of a limit that several processes share, handed to one of them. */
export interface Lease {
  /** Calls or tokens that may be sent on it. */
  readonly amount: number;
  /** What is not used by then (ms from now) is lost. */
  readonly validMs: number;
  /** Hands back what will not be used. */
  readonly giveBack: (unused: number) => void;
}

/** A deployment that is to be left alone for a while. */
export interface CooldownHint {
  /** Id of the deployment. */
  readonly deployment: string;
  readonly cooledForMs: number;
  readonly cause: string;
}

/**
 * What several processes know together, so that they keep one limit. Choosing stays synchronous: about a second of each limit's rate is
 * leased ahead, and what others have met comes as a hint.
 */
export interface Shared {
  /** Emits one lease, of at most `amount`, as soon as there is anything to lease, and completes. Unsubscribing withdraws the wish. */
  readonly acquire: (key: string, amount: number) => Observable<Lease>;
  /** Cooldowns that others have entered. Hot. */
  readonly hints$: Observable<CooldownHint>;
  readonly tell: (hint: CooldownHint) => void;
}
