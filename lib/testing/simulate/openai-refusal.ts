import * as E from 'fp-ts/Either';
import type { HttpReply, Refusal } from './wire-format';

/** OpenAI's error object. */
export interface OpenAIError {
  readonly message: string;
  readonly type: string;
  readonly param: string | null;
  readonly code: string | null;
}

/** An objection to a request, as a 400. */
export function objectTo(message: string, param: string | null, code: string | null): E.Either<OpenAIError, never> {
  return E.left({ message, type: 'invalid_request_error', param, code });
}

/** A refusal in OpenAI's words: as theirs do, the one for a wrong key shows parts of the key. */
export function refuseOpenAI(refusal: Refusal): HttpReply {
  const { status } = refusal;
  const headers = 'waitMs' in refusal ? { 'retry-after': String(Math.ceil(refusal.waitMs) / 1000) } : {};
  return { status, headers, body: JSON.stringify({ error: errorOf(refusal) }) };
}

function errorOf(refusal: Refusal): OpenAIError {
  if ('key' in refusal) return invalid(wrongKey(refusal.key), 'invalid_api_key');
  if ('address' in refusal) return invalid(`Invalid URL (${refusal.address})`, null);
  if ('waitMs' in refusal) {
    const message = `Rate limit reached for requests. Please try again in ${String(Math.ceil(refusal.waitMs))}ms.`;
    return { message, type: 'requests', param: null, code: 'rate_limit_exceeded' };
  }
  const [type, code, message] = words[refusal.status] ?? general(refusal.status);
  return { message, type, param: null, code };
}

const words: Readonly<Record<number, readonly [type: string, code: string | null, message: string]>> = {
  401: ['invalid_request_error', 'invalid_api_key', 'Incorrect API key provided.'],
  403: ['invalid_request_error', 'model_not_allowed', 'The project does not have access to this model.'],
  404: ['invalid_request_error', 'model_not_found', 'The model does not exist or you do not have access to it.'],
  429: ['requests', 'rate_limit_exceeded', 'Rate limit reached for requests. Please try again later.'],
  529: ['overloaded_error', 'overloaded', 'The server is overloaded.'],
};

function general(status: number): readonly [string, string | null, string] {
  return status >= 500
    ? ['server_error', null, 'The server had an error while processing your request.']
    : ['invalid_request_error', null, 'The request was refused.'];
}

function wrongKey(key: string | undefined): string {
  if (key === undefined) return "You didn't provide an API key.";
  const shown = key.length > 8 ? `${key.slice(0, 4)}***${key.slice(-4)}` : '***';
  return `Incorrect API key provided: ${shown}.`;
}

function invalid(message: string, code: string | null): OpenAIError {
  return { message, type: 'invalid_request_error', param: null, code };
}
