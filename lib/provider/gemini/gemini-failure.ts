import * as t from 'io-ts';
import { vendorFailure, type VendorFailure } from '../vendor-failure';

/** What a body of Google's says about a failure. */
export interface GeminiFailure extends VendorFailure {
  /** Of its `RetryInfo` (ms). */
  readonly retryAfterMs?: number;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads Google's `{ error: { code, message, status, details } }`, alone or as the first of an array; `undefined` for a body
 * without `error`. The reason of `ErrorInfo` tells more than the status and is its first code; its last is `quota_per_day` when
 * a day's quota is among those that are used up.
 */
export function geminiFailure(body: unknown): GeminiFailure | undefined {
  const outer: unknown = Array.isArray(body) ? (body as readonly unknown[])[0] : body;
  if (!t.UnknownRecord.is(outer) || outer['error'] === undefined || outer['error'] === null) return undefined;
  const failure = vendorFailure({ error: outer['error'] }) ?? { codes: [] };
  const details = t.UnknownRecord.is(outer['error']) ? records(outer['error']['details']) : [];
  const reasons = details.map(({ reason }) => reason).filter(t.string.is);
  const quotas = details.flatMap(({ violations }) => records(violations)).map(({ quotaId }) => String(quotaId));
  const retryAfterMs = details.map(({ retryDelay }) => milliseconds(retryDelay)).find((ms) => ms !== undefined);
  const daily = quotas.some((quota) => quota.includes('PerDay')) ? ['quota_per_day'] : [];
  return {
    ...failure,
    codes: [...reasons, ...failure.codes, ...daily],
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

function records(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(t.UnknownRecord.is) : [];
}

/** A `google.protobuf.Duration` as JSON: `34.07s`. */
function milliseconds(duration: unknown): number | undefined {
  const [, seconds] = typeof duration === 'string' ? (/^(\d{1,12}(?:\.\d{1,9})?)s$/.exec(duration) ?? []) : [];
  const ms = Math.ceil(Number(seconds) * 1000);
  return ms > 0 ? ms : undefined;
}
