export { accumulate } from './accumulate';
export { ConfigError } from './config/config-error';
export type {
  AllowedFails,
  Deployment,
  Fallbacks,
  HealthConfig,
  HedgeConfig,
  QuotaConfig,
  RouterConfig,
} from './config/router-config';
export { RouterConfigCodec } from './config/router-config-codec';
export type { Budget } from './domain/budget';
export { CompletionChunk, type ChunkChoice, type ChunkDelta, type ToolCallDelta } from './domain/chunk';
export { AssistantMessage, Choice, Completion, text, ToolCall, type FinishReason } from './domain/completion';
export {
  completionError,
  isCompletionError,
  type CompletionError,
  type CompletionErrorOf,
  type FailureDetails,
  type FailureFields,
  type Tag,
  type TimeoutPhase,
} from './domain/error';
export {
  isAuthentication,
  isBadRequest,
  isBudgetExceeded,
  isCancelled,
  isConnection,
  isContentPolicyViolation,
  isContextWindowExceeded,
  isDefect,
  isInvalidOutput,
  isInvalidResponse,
  isNoDeployment,
  isNotFound,
  isOverloaded,
  isPermissionDenied,
  isQuotaExhausted,
  isRateLimited,
  isServerError,
  isTimeout,
} from './domain/guards';
export type { Ledger, Posting } from './domain/ledger';
export type { Output, ReadBy, StructuredCompletion } from './domain/output';
export type { LongPromptRates, Price, PriceEntry, PriceTable, TokenRates } from './domain/price';
export type { CompletionRequest, ContentPart, Message, Routing, Timeouts, Tool } from './domain/request';
export { CompletionRequestCodec } from './domain/request-codec';
export type { Attempt, FanoutResult, ParallelResult, Timing } from './domain/result';
export type { RouterEvent } from './domain/router-event';
export type { RunLedger } from './domain/run-ledger';
export type { StreamedEvent } from './domain/streamed-event';
export { unreadableRequest } from './domain/unreadable-request';
export { Usage } from './domain/usage';
export type { FanOutOptions } from './fan-out-options';
export { gather$ } from './gather';
export { parallel, parallel$ } from './parallel';
export { fromLiteLLM, type FromLiteLLM } from './litellm/from-litellm';
export type { ParallelOptions, ParallelRunOptions, Run } from './parallel-options';
export type { ParallelRouter, RouterRunOptions, StreamRunOptions } from './parallel-router';
export type { Entry, Journal, Recorded } from './bulk/journal';
export { isJournalError, JournalError, type JournalProblem } from './bulk/journal-error';
export type { Progress } from './bulk/progress';
export { withOutput, type WithOutputOptions } from './output/with-output';
export type {
  BudgetSnapshot,
  DeploymentSnapshot,
  LimitsSnapshot,
  QuotaSnapshot,
  RouterSnapshot,
} from './plan/snapshot';
export type { CooldownHint, Lease, Shared } from './plan/limits/shared';
export type { Candidate } from './plan/strategies/candidate';
export type { Strategy } from './plan/strategies/strategy';
export { anthropic, type AnthropicOptions } from './provider/anthropic/anthropic';
export { azureOpenAI, type AzureOpenAIOptions } from './provider/openai/azure-openai';
export { deepseek } from './provider/vendors/deepseek';
export { fireworks } from './provider/vendors/fireworks';
export { gemini, type GeminiOptions } from './provider/gemini/gemini';
export { groq } from './provider/vendors/groq';
export type { HostedOptions } from './provider/openai/hosted';
export { lmStudio } from './provider/vendors/lm-studio';
export type { LocalOptions } from './provider/openai/local';
export { mistral } from './provider/vendors/mistral';
export { ollama } from './provider/vendors/ollama';
export { openRouter } from './provider/vendors/open-router';
export { openai, type OpenAIOptions } from './provider/openai/openai';
export { openAICompatible, type OpenAICompatibleOptions } from './provider/openai/openai-compatible';
export type { CallOptions, Chunks, Provider } from './provider/provider';
export { together } from './provider/vendors/together';
export { vllm } from './provider/vendors/vllm';
export { xai } from './provider/vendors/xai';
export { createRouter, type FanoutRouter, type ResultOptions, type StreamOptions } from './router';
export type { EnsembleOptions } from './router-ensemble';
export type { RaceOptions } from './router-race';
export type { Item } from './router-work';
export type { CollectOptions } from './rows/collect';
export { failures, type Failed } from './rows/failures';
export type { RunSummary } from './rows/run-summary';
export { successes, type Success } from './rows/successes';
export { summarize } from './rows/summarize';
export { unwrap } from './rows/unwrap';
export type { Requests } from './rx/source/to-source';
export { inOrder } from './rx/in-order';
export { toAsyncIterable } from './rx/to-async-iterable';
export type { AxiosInstance } from './transport/axios-instance';
export type { Caps } from './transport/caps';
export type { BodyProblem, Call, Flow, Reply, StreamEvent, Transport } from './transport/transport';
