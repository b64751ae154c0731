import type { HttpReply, Refusal } from './wire-format';

/** A refusal in Gemini's words: a wrong key is a 400, no key a 403, and the time to wait is in the body alone. */
export function refuseGemini(refusal: Refusal): HttpReply {
  if ('key' in refusal) return refusal.key === undefined ? withoutKey : wrongKey;
  if ('address' in refusal) return geminiError(404, `The address ${refusal.address} was not found on this server.`);
  if ('waitMs' in refusal) {
    const seconds = String(Math.ceil(refusal.waitMs) / 1000);
    const retryInfo = { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${seconds}s` };
    return geminiError(429, `You exceeded your current quota. Please retry in ${seconds}s.`, [retryInfo]);
  }
  return geminiError(refusal.status, words[refusal.status] ?? 'The request was refused.');
}

/** An error body. */
export function geminiError(code: number, message: string, details?: readonly object[]): HttpReply {
  const status = statuses[code] ?? (code >= 500 ? 'UNKNOWN' : 'FAILED_PRECONDITION');
  return { status: code, body: JSON.stringify({ error: { code, message, status, details } }) };
}

const statuses: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ABORTED',
  429: 'RESOURCE_EXHAUSTED',
  499: 'CANCELLED',
  500: 'INTERNAL',
  501: 'UNIMPLEMENTED',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

const words: Readonly<Record<number, string>> = {
  401: 'Request had invalid authentication credentials.',
  403: 'The caller does not have permission.',
  404: 'The model is not found, or is not supported for generateContent.',
  429: 'Resource has been exhausted (e.g. check quota).',
  500: 'An internal error has occurred. Please retry.',
  503: 'The model is overloaded. Please try again later.',
  504: 'The deadline expired before the operation could complete.',
};

const withoutKey = geminiError(403, "Method doesn't allow unregistered callers. Please use an API key.");

const wrongKey = geminiError(400, 'API key not valid. Please pass a valid API key.', [
  { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID', domain: 'googleapis.com' },
]);
