import type { Arrived, HttpReply, Refusal } from './wire-format';

/** A refusal in Anthropic's words. Their requests have a name in a header of its own and, when refused, in the body. */
export function refuseAnthropic(refusal: Refusal, arrived: Pick<Arrived, 'requestId'>): HttpReply {
  const [type, message] = sayWhy(refusal);
  const retry = 'waitMs' in refusal ? { 'retry-after': String(Math.ceil(refusal.waitMs) / 1000) } : {};
  return anthropicError(refusal.status, type, message, arrived, retry);
}

/** An error body with the status and the words given. */
export function anthropicError(
  status: number,
  type: string,
  message: string,
  { requestId }: Pick<Arrived, 'requestId'>,
  headers: Readonly<Record<string, string>> = {},
): HttpReply {
  return {
    status,
    headers: { ...headers, 'request-id': requestId },
    body: JSON.stringify({ type: 'error', error: { type, message }, request_id: requestId }),
  };
}

function sayWhy(refusal: Refusal): readonly [type: string, message: string] {
  if ('key' in refusal) {
    const message = refusal.key === undefined ? 'x-api-key header is required' : 'invalid x-api-key';
    return ['authentication_error', message];
  }
  if ('address' in refusal) return ['not_found_error', `Not found: ${refusal.address}`];
  return (
    words[refusal.status] ?? (refusal.status >= 500 ? fault : ['invalid_request_error', 'The request was refused.'])
  );
}

const fault = ['api_error', 'Internal server error'] as const;

const words: Readonly<Record<number, readonly [type: string, message: string]>> = {
  401: ['authentication_error', 'invalid x-api-key'],
  402: ['billing_error', 'Your credit balance is too low to access the API.'],
  403: ['permission_error', 'Your API key does not have permission to use the specified resource.'],
  404: ['not_found_error', 'model: not found'],
  413: ['request_too_large', 'Request exceeds the maximum size'],
  429: ['rate_limit_error', 'This request would exceed the rate limit for your organization.'],
  504: ['timeout_error', 'The request timed out.'],
  529: ['overloaded_error', 'Overloaded'],
};
