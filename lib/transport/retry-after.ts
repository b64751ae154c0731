import type { Reply } from './transport';

const httpDate = /^[A-Z][a-z]{2,8}, .+ GMT$/;

/**
 * How long a reply asks us to wait (ms), or nothing when it does not say so in a positive, finite number.
 * The first valid one counts: `retry-after-ms`; `retry-after` in seconds, fractions allowed; `retry-after` as an HTTP date,
 * measured against the reply's own `date`, so that neither clock need be right, or against `wallNow` when it has none.
 * The number is not bounded: whoever sets a timer with it does that.
 *
 * @example retryAfterMs({ 'retry-after': '1.5' }, Date.now) // 1500
 */
export function retryAfterMs(headers: Reply['headers'], wallNow: () => number): number | undefined {
  const after = headers['retry-after'] ?? '';
  return [
    () => Number(headers['retry-after-ms'] ?? ''),
    () => Number(after) * 1000,
    () => dateOf(after) - (dateOf(headers['date']) || wallNow()),
  ]
    .map((read) => read())
    .find((ms) => Number.isFinite(ms) && ms > 0);
}

/** NaN for what is not an HTTP date: `Date.parse` alone would take `-5` for the month of May. */
function dateOf(value: string | undefined): number {
  return value !== undefined && httpDate.test(value) ? Date.parse(value) : NaN;
}
