import type { Attempt } from './result';
import { addUsage, noUsage, type Usage } from './usage';

/** Calls of one kind, and what they took. */
export interface Posting {
  readonly calls: number;
  /** Of calls that were aborted or lost it is our estimate, and flagged. */
  readonly usage: Usage;
  /** USD; absent when a price is unknown. */
  readonly cost?: number;
}

/** What calls took, by how they ended: each is in one of the first four. */
export interface Ledger {
  readonly completed: Posting;
  readonly failed: Posting;
  /** Put off by the provider. */
  readonly throttled: Posting;
  /** Ended by us: unsubscribed, out of time, or another call was first. */
  readonly aborted: Posting;
  /** Of them all: made again after a call of the same request had failed. */
  readonly retried: Posting;
  /** Of them all: second calls for a slow one. */
  readonly hedged: Posting;
}

/** A call, as far as a ledger looks at it. */
export interface PostedCall {
  readonly ended: Attempt['ended'];
  readonly usage?: Usage | undefined;
  readonly cost?: number | undefined;
  readonly hedge?: true | undefined;
  readonly isRetry?: boolean | undefined;
}

const nothing: Posting = { calls: 0, usage: noUsage, cost: 0 };

export const emptyLedger: Ledger = {
  completed: nothing,
  failed: nothing,
  throttled: nothing,
  aborted: nothing,
  retried: nothing,
  hedged: nothing,
};

/** The ledger with one more call in it. */
export function posted(ledger: Ledger, call: PostedCall): Ledger {
  const kind = call.ended === 'ok' ? 'completed' : call.ended;
  return {
    ...ledger,
    [kind]: plus(ledger[kind], call),
    ...(call.isRetry === true ? { retried: plus(ledger.retried, call) } : {}),
    ...(call.hedge === true ? { hedged: plus(ledger.hedged, call) } : {}),
  };
}

/** Calls that were put off are no retries, and second calls for a slow one neither. */
export function isRetry({ ended, hedge }: Pick<PostedCall, 'ended' | 'hedge'>, before: readonly Attempt[]): boolean {
  return hedge !== true && ended !== 'throttled' && before.some((one) => one.ended === 'failed');
}

/** All calls of a ledger. */
export function totalOf({ completed, failed, throttled, aborted }: Ledger): Posting {
  return [completed, failed, throttled, aborted].reduce(sum);
}

function plus(posting: Posting, { usage = noUsage, cost }: PostedCall): Posting {
  return sum(posting, { calls: 1, usage, ...(cost === undefined ? {} : { cost }) });
}

function sum(a: Posting, b: Posting): Posting {
  return {
    calls: a.calls + b.calls,
    usage: b.usage === noUsage ? a.usage : addUsage(a.usage, b.usage),
    ...(a.cost === undefined || b.cost === undefined ? {} : { cost: a.cost + b.cost }),
  };
}
