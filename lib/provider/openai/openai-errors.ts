import type { ErrorRule } from '../error-rule';
import { statusRules } from '../status-rules';

/**
 * What a failure means in OpenAI's wire format, compatible servers included: codes first, then messages (for servers
 * without codes), then the status. What would take the deployment out of service is believed from a 400 only when its
 * message begins so: further on it may be an echo of the prompt. "You exceeded your current quota" is no pattern:
 * Gemini says it of every rate limit.
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
    ],
  },
  {
    tag: 'QuotaExhausted',
    codes: [
      'insufficient_quota',
      'billing_hard_limit_reached',
      'billing_not_active',
      'insufficient_user_quota', // one-api and its like
      'insufficient_balance',
      'insufficient_credits',
      'exceeded_current_quota_error', // Moonshot
      'arrearage', // Qwen: an overdue payment
      'credit_limit', // Together
    ],
  },
  {
    // OpenAI's 429 and Groq's 413 for more than a whole minute's limit: waiting does not help
    tag: 'RateLimited',
    codes: ['rate_limit_exceeded'],
    says: [/^request too large\b/i],
    isRetryable: false,
  },
  {
    tag: 'Overloaded',
    codes: [
      'server_is_overloaded', // OpenAI
      'slow_down', // OpenAI
      'server_overloaded',
      'model_overloaded',
      'engine_overloaded',
      'engine_overloaded_error', // Moonshot
      'overloaded_error', // Anthropic, through a proxy
      'overloaded',
      'capacity_exceeded', // Groq's flex tier, status 498
    ],
  },
  { tag: 'RateLimited', codes: ['rate_limit_exceeded', 'rate_limit_error', 'rate_limited'], status: [200, 413, 429] },
  {
    // told in the middle of a stream, where there is no status any more
    tag: 'ServerError',
    codes: [
      'server_error', // OpenAI
      'internal_error',
      'internal_server_error',
      'internalservererror', // vLLM
      'api_error', // Anthropic, through a proxy
      'internal', // Gemini
    ],
    status: [200],
  },
  { tag: 'Authentication', codes: ['invalid_api_key', 'incorrect_api_key_error', 'api_key_invalid'] },
  { tag: 'NotFound', codes: ['model_not_found', 'deploymentnotfound'], status: [200, 400, 404] },

  // messages
  {
    tag: 'ContextWindowExceeded',
    says: [
      /maximum context (?:length|limit)/i, // OpenAI, vLLM until 0.15, DeepSeek, OpenRouter, Together, Mistral
      /exceeds? the (?:model'?s )?(?:available |maximum )?context (?:size|length|window|limit)/i, // OpenAI, llama.cpp
      /(?:longer|greater|larger) than the (?:model'?s )?context (?:length|window)/i, // SGLang, LM Studio
      /context window exceeds limit/i, // MiniMax
      /requested tokens \(\d+\) exceed context window/i, // llama-cpp-python
      /maximum (?:prompt|input) length is \d/i, // xAI
      /(?:prompt|input) (?:token length )?(?:is )?too long/i, // Anthropic by proxy, Moonshot
      /exceed context limit/i, // Anthropic by proxy
      /exceeded model token limit/i, // Moonshot
      /range of input length should be/i, // Qwen
      /`inputs` tokens \+ `max_new_tokens` must be/i, // TGI, Together
      /input token count .{0,20}exceeds the maximum/i, // Gemini
      /reduce the length of the (?:messages|input|prompt)/i, // Groq, Cerebras, vLLM
      /ContextWindowExceededError/, // LiteLLM's proxy
    ],
    status: [200, 400, 413, 422, 500],
  },
  {
    tag: 'ContentPolicyViolation',
    says: [
      /content management policy/i, // Azure
      /rejected (?:as a result of|by) (?:our|the) safety system/i, // OpenAI
      /violating our usage policy/i, // OpenAI
      /content exists risk/i, // DeepSeek
      /considered high risk/i, // Moonshot
      /may contain inappropriate content/i, // Qwen
      /ContentPolicyViolationError/, // LiteLLM's proxy
    ],
    status: [200, 400, 403, 422],
  },
  {
    tag: 'QuotaExhausted',
    says: [
      /insufficient (?:balance|credits?|funds)/i, // DeepSeek, OpenRouter
      /(?:used all available|requires? more|run out of|doesn't have any) credits/i, // xAI, OpenRouter
      /monthly spending limit/i, // xAI
    ],
    status: [200, 403, 429],
  },
  { tag: 'QuotaExhausted', says: [/^your credit balance is too low/i], status: [200, 400] }, // Anthropic by proxy
  {
    tag: 'Authentication',
    says: [/^(?:incorrect|invalid) api key/i, /^api key not valid/i], // xAI, Gemini
    status: [200, 400],
  },

  ...statusRules,
];
