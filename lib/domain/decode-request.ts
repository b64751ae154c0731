import { left, right, type Either } from 'fp-ts/Either';
import { UnknownRecord } from 'io-ts';
import { completionError, type CompletionErrorOf } from './error';
import { explain } from './explain';
import type { CompletionRequest } from './request';
import { CompletionRequestCodec } from './request-codec';
import { shortName } from './short-name';
import { problemOf } from './unreadable-request';
import { unwritableField } from './unwritable-field';

/** LiteLLM's keyword arguments, which OpenAI-compatible servers ignore or refuse, and what to write here. */
const keywords: ReadonlyMap<string, string> = new Map([
  ['num_retries', 'use routing.maxRetries'],
  ['max_retries', 'use routing.maxRetries'],
  ['timeout', 'use routing.timeouts.attemptMs (in ms)'],
  ['request_timeout', 'use routing.timeouts.attemptMs (in ms)'],
  ['stream_timeout', 'use routing.timeouts.firstChunkMs and chunkMs (in ms)'],
  ['priority', 'use routing.priority (0 is served first)'],
  ['fallbacks', 'use routing.fallbacks, or fallbacks of the router'],
  ['context_window_fallbacks', 'use contextWindowFallbacks of the router'],
  ['content_policy_fallbacks', 'use contentPolicyFallbacks of the router'],
  ['api_key', 'a key belongs to a provider: openai({ apiKey })'],
  ['api_base', 'an address belongs to a provider: openAICompatible({ baseURL })'],
  ['base_url', 'an address belongs to a provider: openAICompatible({ baseURL })'],
  ['api_version', 'it belongs to a provider: azureOpenAI({ apiVersion })'],
  ['custom_llm_provider', 'a vendor is chosen by the deployment that serves `model`'],
  ['extra_headers', 'headers belong to a provider: openAICompatible({ headers })'],
  ['headers', 'headers belong to a provider: openAICompatible({ headers })'],
  ['extra_body', 'put its fields into the request itself: unknown ones are passed on'],
  ['drop_params', 'use dropUnsupported of the router'],
  ['cooldown_time', 'use health.cooldownMs of the router'],
  ['allowed_fails', 'use health.allowedFails of the router'],
  ['mock_response', 'use fakeProvider of rx-fanout/testing'],
  ['mock_timeout', 'use fakeProvider of rx-fanout/testing'],
]);

/** The request of one item: a string is one user message. Wrong ones are a `BadRequest` that names each wrong field, never its text. */
export function decodeRequest(item: unknown): Either<CompletionErrorOf<'BadRequest'>, CompletionRequest> {
  if (typeof item === 'string') return right({ messages: [{ role: 'user', content: item }] });
  const problem = problemOf(item);
  if (problem !== undefined) return left(completionError({ _tag: 'BadRequest', message: problem }));
  const unwritable = UnknownRecord.is(item) ? unwritableField(item, ['metadata', 'routing']) : undefined;
  if (unwritable !== undefined) return refused([`${shortName(unwritable)}: cannot be written as JSON`]);
  const decoded = CompletionRequestCodec.decode(item);
  const strangers = misplaced(item);
  if (decoded._tag === 'Right' && strangers.length === 0) return right(item as CompletionRequest); // not a copy
  return refused([...(decoded._tag === 'Left' ? explain(decoded.left) : []), ...strangers]);
}

function misplaced(item: unknown): readonly string[] {
  if (!UnknownRecord.is(item)) return [];
  const strangers = Object.keys(item).filter((field) => keywords.has(field) && item[field] !== undefined);
  return strangers.map((field) => `${field}: ${keywords.get(field) ?? ''}`);
}

function refused(problems: readonly string[]): Either<CompletionErrorOf<'BadRequest'>, never> {
  const shown = problems.slice(0, 3).join('; ');
  const more = problems.length > 3 ? `; and ${String(problems.length - 3)} more` : '';
  return left(
    completionError({ _tag: 'BadRequest', message: `the request is malformed, so it was not sent: ${shown}${more}` }),
  );
}
