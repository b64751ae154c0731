import type { Tag } from '../domain/error';

/** One row: the first row whose every given column fits decides. */
export interface ErrorRule {
  readonly tag: Tag;
  /** One of these is among the codes and types of the body (compared in lower case). */
  readonly codes?: readonly string[];
  /** The message of the body says so. */
  readonly says?: RegExp;
  /** The status is one of these; in a 200 with an `error` object the status that the object names, if any. */
  readonly status?: readonly number[] | ((status: number) => boolean);
  /** Where it differs from what the tag alone means. */
  readonly isRetryable?: boolean;
}

const badInput = [200, 400, 413, 422, 500];

/**
 * What a failure means in OpenAI's wire format, compatible servers included: codes first, then messages (for servers without codes),
 * then  the status. What would take the deployment out of service is believed from a 400 only when its message begins so: further on it may be
 * an echo of the prompt. "You exceeded your current quota" is no pattern: Gemini says it of every rate limit.
 */
export const openAIErrorRules: readonly ErrorRule[] = [
  // codes
  {
    tag: 'ContextWindowExceeded',
    codes: [
      'context_length_exceeded', // OpenAI, Azure, Groq, Cerebras, Fireworks
      'exceed_context_size_error', // llama.cpp
      'context_window_exceeded',
      'model_max_prompt_tokens_exceeded', // GitHub Models
      'string_above_max_tokens',
    ],
  },
  {
    tag: 'ContentPolicyViolation',
    codes: [
      'content_policy_violation',
      'content_filter', // Azure, Moonshot
      'responsibleaipolicyviolation', // Azure's inner code
      'data_inspection_failed', // Qwen (DashScope)
      'datainspectionfailed',
      'sensitive_words_detected',
    ],
  },
  {
    tag: 'QuotaExhausted',
    codes: [
      'insufficient_quota',
      'billing_hard_limit_reached',
      'billing_not_active',
      'insufficient_user_quota',
      'insufficient_balance',
      'exceeded_current_quota_error', // Moonshot
      'arrearage', // Qwen: an overdue payment
      'credit_limit', // Together
    ],
  },
  { tag: 'RateLimited', codes: ['rate_limit_exceeded'], says: /^request too large\b/i, isRetryable: false }, // OpenAI 429, Groq 413: more than a whole minute's limit
  {
    tag: 'Overloaded',
    codes: [
      'server_is_overloaded', // OpenAI
      'slow_down', // OpenAI
      'engine_overloaded',
      'engine_overloaded_error', // Moonshot
      'overloaded_error', // Anthropic, through a proxy
      'overloaded',
      'capacity_exceeded', // Groq's flex tier, status 498
    ],
  },
  { tag: 'RateLimited', codes: ['rate_limit_exceeded', 'rate_limit_error', 'rate_limited'], status: [200, 413, 429] },
  { tag: 'Authentication', codes: ['invalid_api_key', 'incorrect_api_key_error', 'api_key_invalid'] },
  { tag: 'NotFound', codes: ['model_not_found', 'deploymentnotfound'], status: [200, 400, 404] },

  // messages
  {
    tag: 'ContextWindowExceeded',
    says: /maximum context (?:length|limit)|context length is only|exceeds? the (?:model'?s )?(?:available |maximum )?context (?:size|length|window|limit)/i, // OpenAI, vLLM, DeepSeek, OpenRouter, Together, llama.cpp
    status: badInput,
  },
  {
    tag: 'ContextWindowExceeded',
    says: /exceed context limit|longer than the (?:model'?s )?context|(?:greater|larger) than the context (?:length|window)|context window exceeds limit|requested tokens \(\d+\) exceed context window/i, // Anthropic by proxy, SGLang, LM Studio, MiniMax, llama-cpp-python
    status: badInput,
  },
  {
    tag: 'ContextWindowExceeded',
    says: /maximum (?:prompt|input) length is \d|(?:prompt|input)(?: token)?(?: length)? (?:is )?too long|range of input length should be|exceeded model token limit|too large for model with \d+ maximum/i, // xAI, vLLM, Anthropic, Moonshot, Qwen, Mistral
    status: badInput,
  },
  {
    tag: 'ContextWindowExceeded',
    says: /`inputs` tokens \+ `max_new_tokens` must be|input token count .{0,20}exceeds the maximum|current length is \d+ while limit is|reduce the length of the (?:messages|input|prompt)/i, // TGI and Together, Gemini, Cerebras, Groq
    status: badInput,
  },
  {
    tag: 'ContentPolicyViolation',
    says: /content management policy|rejected (?:as a result of|by) (?:our|the) safety system|violating our usage policy|content exists risk|considered high risk|may contain inappropriate content/i, // Azure, OpenAI, DeepSeek, Moonshot, Qwen
    status: [200, 400, 403, 422],
  },
  {
    tag: 'QuotaExhausted',
    says: /insufficient (?:balance|credits?|funds)|(?:used all available|requires? more|run out of|doesn't have any) credits|monthly spending limit/i, // DeepSeek, OpenRouter, xAI
    status: [200, 403, 429],
  },
  { tag: 'QuotaExhausted', says: /^your credit balance is too low/i, status: [200, 400] }, // Anthropic, through a proxy
  { tag: 'Authentication', says: /^(?:incorrect api key|invalid api key|api key not valid)/i, status: [200, 400] }, // xAI, Gemini

  // statuses
  { tag: 'InvalidResponse', status: (status) => status >= 300 && status < 400, isRetryable: false }, // a redirect is not followed: it would take the key along
  { tag: 'InvalidResponse', status: (status) => status < 300 },
  { tag: 'Authentication', status: [401] },
  { tag: 'QuotaExhausted', status: [402] },
  { tag: 'PermissionDenied', status: [403] },
  { tag: 'NotFound', status: [404] },
  { tag: 'ServerError', status: [408, 409] },
  { tag: 'RateLimited', status: [429] },
  { tag: 'Overloaded', status: [529] },
  { tag: 'BadRequest', status: (status) => status < 500 },
  { tag: 'ServerError' },
];
