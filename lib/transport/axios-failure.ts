import { completionError, isCompletionError, type CompletionError } from '../domain/error';
import type { Caps } from './caps';

/**
 * What axios, its adapter or an interceptor threw, as a failure of ours. Only the code is taken over: an axios error holds the key, the prompt
 * and the socket in its config, message and cause.
 */
export function axiosFailure(error: unknown, { bodyBytes }: Pick<Caps, 'bodyBytes'>): CompletionError {
  if (isCompletionError(error)) return error;
  const thrown: Thrown = typeof error === 'object' && error !== null ? error : {};
  const own = codeOf(thrown);
  const code = own === 'ERR_NETWORK' ? (codeOf(thrown.cause) ?? own) : own; // fetch's failures all have that one
  const said = typeof thrown.message === 'string' ? thrown.message : '';
  if (code === undefined && thrown.isAxiosError !== true) return completionError({ _tag: 'Defect' });
  if (code === 'ERR_CANCELED') return completionError({ _tag: 'Cancelled', code });
  if (said.startsWith('maxContentLength size')) {
    return completionError({
      _tag: 'InvalidResponse',
      message: `the reply is larger than caps.bodyBytes, ${String(bodyBytes)}`,
    });
  }
  if (said.startsWith('Request body larger')) {
    return completionError({
      _tag: 'BadRequest',
      message: `the request is larger than caps.bodyBytes, ${String(bodyBytes)}`,
    });
  }
  if (code === 'HPE_HEADER_OVERFLOW') {
    return completionError({
      _tag: 'InvalidResponse',
      code,
      message: 'the headers of the reply are too large (HPE_HEADER_OVERFLOW)',
    });
  }
  if (code !== undefined && undecodable.test(code)) {
    return completionError({ _tag: 'InvalidResponse', code, message: `the reply could not be decompressed (${code})` });
  }
  return completionError({
    _tag: 'Connection',
    code,
    ...(code !== undefined && lasting.test(code) ? { isRetryable: false } : {}),
  });
}

interface Thrown {
  readonly isAxiosError?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
}

/** A code is a word in capitals; anything else could be anything, a secret too. */
function codeOf(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown) || typeof thrown.code !== 'string')
    return undefined;
  return /^[A-Z][A-Z\d_]{2,63}$/.test(thrown.code) ? thrown.code : undefined;
}

/** Certificates that are wrong now are wrong in a second (the X509 codes of Node's tls page), and so is an address that is none. */
const lasting =
  /CERT|CRL|^UNABLE_TO_VERIFY|^HOSTNAME_MISMATCH$|^INVALID_(CA|PURPOSE)$|^PATH_LENGTH_EXCEEDED$|^ERR_INVALID_(URL|ARG)|^UND_ERR_INVALID_ARG$/;
const undecodable = /^Z_|^ERR_BROTLI|^ERR__ERROR_FORMAT/;
