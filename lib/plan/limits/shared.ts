import type { Observable } from 'rxjs';

/** A part of a limit that several processes share, handed to one of them. */
export interface Lease {
  /** Calls or tokens that may be sent on it. */
  readonly amount: number;
  /** Nothing is sent on it later than that (ms from now). */
  readonly validMs: number;
  /** Hands back what will not be used; more than once, and later than that, when calls turn out to have taken less than was reserved for them. */
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
 * leased ahead, and what others have met comes as a hint. A router holds leases, waits for them and listens only while a request of its
 * own is under way. What `giveBack`, `tell` and `hints$` fail with is ignored.
 */
export interface Shared {
  /**
   * Emits one lease, of at most `amount`, as soon as there is anything to lease, and completes. Unsubscribing withdraws the wish. Of less
   * than was asked for several add up, as far as they are valid at the same time. While it fails, or gives nothing, nothing is sent: it is
   * asked again each second, until the requests that wait have run out of time (`queueMs`, `totalMs`).
   *
   * @param key what is limited: `deployment:<id>:requests`, `deployment:<id>:tokens`, `quota:<name>:requests`, `quota:<name>:tokens`
   */
  readonly acquire: (key: string, amount: number) => Observable<Lease>;
  /** Cooldowns that others have entered. Hot. */
  readonly hints$: Observable<CooldownHint>;
  /** A deployment of ours cools down. Hints of others are not passed on. */
  readonly tell: (hint: CooldownHint) => void;
}
