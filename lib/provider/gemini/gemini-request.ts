import { UnknownRecord } from 'io-ts';
import type { CompletionRequest } from '../../domain/request';
import { geminiConfig } from './gemini-config';
import { geminiContents } from './gemini-contents';
import { geminiTools } from './gemini-tools';
import { isEarlyGemini } from './is-early-gemini';

type Fields = Readonly<Record<string, unknown>>;
const never = () => false;

/** Fields of OpenAI's that Google has nothing like, and the values of them that change nothing. */
const unserved: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ['audio', never],
  ['function_call', never],
  ['functions', never],
  ['logit_bias', (value: unknown) => UnknownRecord.is(value) && Object.keys(value).length === 0],
  ['modalities', (value: unknown) => Array.isArray(value) && value.every((one) => one === 'text')],
  ['parallel_tool_calls', (value: unknown) => value === true],
  ['prediction', never],
  ['prompt_cache_key', never],
  ['safety_identifier', never],
  ['service_tier', (value: unknown) => value === 'auto' || value === 'default'],
  ['store', (value: unknown) => value === false],
  ['stream_options', () => true], // the usage comes without asking
  ['user', never],
  ['verbosity', (value: unknown) => value === 'medium'],
  ['web_search_options', never],
]);

/** Fields that are ours, or have a place of another name in Google's body. */
const translated: ReadonlySet<string> = new Set([
  ...['model', 'messages', 'stream', 'metadata', 'routing', 'tools', 'tool_choice', 'stop', 'n', 'seed'],
  ...['temperature', 'top_p', 'top_k', 'max_tokens', 'max_completion_tokens', 'presence_penalty', 'frequency_penalty'],
  ...['logprobs', 'top_logprobs', 'response_format', 'reasoning_effort'],
]);

/** LiteLLM's spelling of Google's own fields. */
const spelled: ReadonlyMap<string, string> = new Map([
  ['safety_settings', 'safetySettings'],
  ['cached_content', 'cachedContent'],
]);

interface GeminiRequest {
  readonly body: Fields;
  /** What of the request Google cannot serve; it is not in the body. */
  readonly unserved: readonly string[];
}

/**
 * The request as a `GenerateContentRequest`. Unknown fields (`safetySettings`, `cachedContent` …) are passed on as they are;
 * `generationConfig` is merged field by field, and what stands there outdoes what was translated.
 */
export function geminiRequest(request: CompletionRequest, model: string): GeminiRequest {
  const given = Object.entries(request).filter(([, value]) => value !== undefined && value !== null);
  const { unsupported: unsaid, ...conversation } = geminiContents(request.messages, !isEarlyGemini(model));
  const config = geminiConfig(request, model);
  const { unsupported: unchosen, ...tools } = geminiTools(request);
  const native: Fields = Object.fromEntries(
    given
      .filter(([name]) => !unserved.has(name) && !translated.has(name))
      .map(([name, value]) => [spelled.get(name) ?? name, value]),
  );
  const own = native['generationConfig'];
  const merged = { ...config.generationConfig, ...(UnknownRecord.is(own) ? own : {}) };
  const generationConfig = Object.values(merged).some((value) => value !== undefined) ? merged : undefined;
  return {
    body: { ...conversation, ...tools, ...native, generationConfig },
    unserved: [
      ...given.filter(([name, value]) => unserved.get(name)?.(value) === false).map(([name]) => name),
      ...unchosen,
      ...config.unsupported,
      ...unsaid,
    ],
  };
}
