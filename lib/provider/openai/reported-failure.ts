import * as t from 'io-ts';
import { vendorFailure, type VendorFailure } from '../vendor-failure';

/**
 * The failure that a reply with a status of success reports all the same: an `error` object (OpenRouter, proxies), one
 * in a choice (OpenRouter, when the model broke off), or a body that is an error throughout. `undefined` for an
 * answer.
 */
export function reportedFailure(body: unknown): VendorFailure | undefined {
  const outer: unknown = Array.isArray(body) ? (body as readonly unknown[])[0] : body;
  if (!t.UnknownRecord.is(outer)) return undefined;
  const choices: unknown = outer['choices'];
  if (!Array.isArray(choices)) return vendorFailure(outer);
  const erring: unknown = [outer, ...(choices as readonly unknown[])].find(hasError);
  return erring === undefined ? undefined : vendorFailure(erring);
}

function hasError(part: unknown): boolean {
  return t.UnknownRecord.is(part) && vendorFailure({ error: part['error'] }) !== undefined;
}
