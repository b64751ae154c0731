import { completionError, type CompletionError, type Tag } from '../domain/error';
import type { Reply } from '../transport/transport';
import { identifier } from './identifier';
import type { ErrorRule } from './error-rule';
import { replyFacts, type ReplyContext } from './reply-facts';
import { scrub } from './scrub';
import type { VendorFailure } from './vendor-failure';

/** So much of a message is compared with the table's patterns: vendors come to the point first. */
const compared = 500;
const explained: ReadonlySet<number> = new Set([400, 404, 422]);
/** Vendors' sentences about these are about keys and accounts, and may show one. */
const unquoted: ReadonlySet<string> = new Set(['Authentication', 'PermissionDenied', 'QuotaExhausted']);
const unknown: VendorFailure = { codes: [] };

/**
 * What a failure means, by a vendor's table. For 400, 404 and 422, which a developer must understand to
 * mend, the vendor's sentence follows ours, cleaned of keys and of the request; without `sent` it could not be, and is
 * left out.
 */
export function classified(
  rules: readonly ErrorRule[],
  reply: Reply,
  reported: VendorFailure | undefined,
  context: ReplyContext,
): CompletionError {
  const failure = reported ?? unknown;
  const { provider, sent } = context;
  const status = reply.status < 300 ? (failure.status ?? reply.status) : reply.status;
  const rule = rules.find((row) => fits(row, status, failure));
  const tag = rule?.tag ?? 'ServerError';
  const quoted = explained.has(status) && !unquoted.has(tag) && sent !== undefined ? failure.message : undefined;
  return completionError<Tag>({
    _tag: tag,
    isRetryable: rule?.isRetryable,
    code: firstIdentifier(failure.codes, context),
    param: identifier(failure.param, sent),
    detail: quoted === undefined ? undefined : `${provider} says: ${scrub(quoted, sent)}`,
    ...replyFacts(reply, context),
  });
}

function fits({ codes, says, status }: ErrorRule, actual: number, failure: VendorFailure): boolean {
  if (codes !== undefined && !failure.codes.some((code) => codes.includes(code.toLowerCase()))) return false;
  const message = failure.message?.slice(0, compared) ?? '';
  if (says !== undefined && !says.some((pattern) => pattern.test(message))) return false;
  if (status === undefined) return true;
  return typeof status === 'function' ? status(actual) : status.includes(actual);
}

/** The first code that may be shown; the others are not looked at. */
function firstIdentifier(codes: readonly string[], { sent }: ReplyContext): string | undefined {
  for (const code of codes) {
    const shown = identifier(code, sent);
    if (shown !== undefined) return shown;
  }
  return undefined;
}
