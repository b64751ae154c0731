import * as t from 'io-ts';
import { vendorFailure, type VendorFailure } from '../vendor-failure';

/**
 * Reads Anthropic's `{ type: 'error', error: { type, message, details: { error_code } } }`: of a reply, and of an
 * `error` event. The field at fault stands at the beginning of the message (`max_tokens: must be …`, or in back-ticks), and nowhere else.
 * `undefined` when the body says nothing of a failure.
 */
export function anthropicFailure(body: unknown): VendorFailure | undefined {
  const failure = vendorFailure(body);
  if (failure === undefined) return undefined;
  const details = field(field(body, 'error'), 'details');
  const code = field(details, 'error_code');
  const [, plain, quoted] = /^(?:([a-z_]+(?:\.\w+)*): |`([a-z_]+)` )/.exec(failure.message ?? '') ?? [];
  const param = plain ?? quoted;
  return {
    ...failure,
    codes: typeof code === 'string' ? [code, ...failure.codes] : failure.codes,
    ...(param === undefined ? {} : { param }),
  };
}

function field(value: unknown, name: string): unknown {
  return t.UnknownRecord.is(value) ? value[name] : undefined;
}
