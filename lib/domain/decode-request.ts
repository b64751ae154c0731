import { left, right, type Either } from 'fp-ts/Either';
import { completionError, type CompletionErrorOf } from './error';
import { explain } from './explain';
import type { CompletionRequest as Request } from './request';
import { CompletionRequest } from './request-codec';

/** LiteLLM's keyword arguments, which OpenAI-compatible servers ignore or refuse, and what to write here. */
const keywords: Readonly<Record<string, string>> = {
  num_retries: 'use routing.maxRetries',
  max_retries: 'use routing.maxRetries',
  timeout: 'use routing.timeouts.attemptMs (in ms)',
  request_timeout: 'use routing.timeouts.attemptMs (in ms)',
  stream_timeout: 'use routing.timeouts (in ms)',
  fallbacks: 'fallbacks belong to the router',
  context_window_fallbacks: 'fallbacks belong to the router',
  content_policy_fallbacks: 'fallbacks belong to the router',
  api_key: 'a key belongs to a provider: openai({ apiKey })',
  api_base: 'an address belongs to a provider: openAICompatible({ baseURL })',
  base_url: 'an address belongs to a provider: openAICompatible({ baseURL })',
  api_version: 'it belongs to a provider',
  custom_llm_provider: 'a vendor is chosen by the deployment that serves `model`',
  extra_headers: 'headers belong to a provider: openAICompatible({ headers })',
  cooldown_time: 'use health.cooldownMs of the router',
  allowed_fails: 'use health.allowedFails of the router',
  mock_response: 'use fakeProvider of rx-fanout/testing',
};

/** The request of one item: a string is one user message. Wrong ones are a `BadRequest` that names each wrong field, never its text. */
export function decodeRequest(item: unknown): Either<CompletionErrorOf<'BadRequest'>, Request> {
  if (typeof item === 'string') return right({ messages: [{ role: 'user', content: item }] });
  const decoded = CompletionRequest.decode(item);
  if (decoded._tag === 'Left') return refused(explain(decoded.left));
  const strangers = Object.keys(decoded.right).filter((field) => field in keywords);
  if (strangers.length > 0) return refused(strangers.map((field) => `${field}: ${keywords[field] ?? ''}`));
  if ('stream' in decoded.right && decoded.right.stream === true) {
    return refused(['stream: streamed answers are not supported yet; leave it out']);
  }
  return decoded;
}

function refused(problems: readonly string[]): Either<CompletionErrorOf<'BadRequest'>, never> {
  const shown = problems.slice(0, 3).join('; ');
  const more = problems.length > 3 ? `; and ${String(problems.length - 3)} more` : '';
  return left(
    completionError({ _tag: 'BadRequest', message: `the request is malformed, so it was not sent: ${shown}${more}` }),
  );
}
