import type { CompletionError } from '../domain/error';
import type { Charge } from '../plan/limits/release';
import type { CallEnd } from '../plan/settle';

/** The network's codes for a call that did not get as far as the provider, but for those of certificates. */
const unreached = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EPROTO']);

/**
 * What is to be paid for a call. Nothing when no byte was sent, or the provider put it off; one call and no tokens when it refused it
 * otherwise; all of it when there is an answer, and when nobody knows: it was aborted, lost, or answered with something else.
 */
export function chargeOf({ ended, error }: Pick<CallEnd, 'ended' | 'error'>, isSent: boolean): Charge {
  if (!isSent || ended === 'throttled') return 'unsent';
  if (ended !== 'failed' || error === undefined) return 'used';
  if (error._tag === 'RateLimited' || error._tag === 'Overloaded') return 'unsent';
  if (isUnreached(error) || isUnsendable(error)) return 'unsent';
  return (error.status ?? 0) >= 400 ? 'refused' : 'used';
}

/** A failed connection that asking again would not mend is a matter of its certificate. */
function isUnreached({ _tag, code, isRetryable }: CompletionError): boolean {
  return _tag === 'Connection' && (!isRetryable || (code !== undefined && unreached.has(code)));
}

/** A request too large to be sent, or a key that no header can hold: nobody has answered, so it is the transport that refused it. */
function isUnsendable({ _tag, status }: CompletionError): boolean {
  return status === undefined && (_tag === 'BadRequest' || _tag === 'Authentication');
}
