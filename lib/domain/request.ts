import type { ObservableInput } from 'rxjs';

/** One part of a message's content. Kinds that are not listed are passed to the provider as they are. */
export type ContentPart =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'image_url';
      readonly image_url: { readonly url: string; readonly detail?: 'auto' | 'low' | 'high' | undefined };
    }
  | { readonly type: 'input_audio' | 'file' | 'refusal'; readonly [field: string]: unknown };

interface CallByModel {
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name: string; readonly arguments: string };
  /** As the vendor gave it. */
  readonly extra_content?: unknown;
}

/** One message of a conversation, as OpenAI's chat completions have it. */
export interface Message {
  readonly role: 'system' | 'developer' | 'user' | 'assistant' | 'tool';
  readonly content?: string | readonly ContentPart[] | null | undefined;
  readonly name?: string | undefined;
  /** What the model thought before it said this; sent where the vendor wants it back. */
  readonly reasoning?: string | null | undefined;
  readonly tool_calls?: readonly CallByModel[] | undefined;
  readonly tool_call_id?: string | undefined;
}

/** Clocks of one request (ms). What is absent is taken from the deployment, then from the router. */
export interface Timeouts {
  /** Everything, from the moment a lane takes the request. Default none. */
  readonly totalMs?: number | undefined;
  /** One call, from sending to its whole reply; of a stream, to its first content. Default 600 000. */
  readonly attemptMs?: number | undefined;
  /** One streamed call, from sending to its first content, when that is to be shorter than `attemptMs`. Pings do not count. Default none. */
  readonly firstChunkMs?: number | undefined;
  /** The longest silence between two chunks of a stream, from the first content on. Default 120 000. */
  readonly chunkMs?: number | undefined;
  /** Any one wait for a lane, a place at a deployment, or a cooldown. Default none. */
  readonly queueMs?: number | undefined;
}

/** How one request is to be routed; never sent. */
export interface Routing {
  readonly timeouts?: Timeouts | undefined;
  /** Tries after the first. Default: the router's, 2. */
  readonly maxRetries?: number | undefined;
  /** Groups to ask in turn when its own has failed; over the router's `fallbacks`. `false`: none. */
  readonly fallbacks?: readonly string[] | false | undefined;
  /** 0 is served first; default 5. */
  readonly priority?: number | undefined;
  /** Only deployments with one of these tags are asked. */
  readonly tags?: readonly string[] | undefined;
  /** Id of the only deployment of its group that is asked; without `model` it names the group as well. */
  readonly deployment?: string | undefined;
  /** `false`: has a call of its own, also in a run with `dedupe`. */
  readonly dedupe?: boolean | undefined;
  /** Aborts this one request at its first value: a `Cancelled` result, its socket destroyed. */
  readonly until?: (ObservableInput<unknown> & object) | undefined;
}

/** OpenAI's chat-completions body. Fields that are not listed are passed to the provider as they are. */
export interface CompletionRequest {
  readonly messages: readonly Message[];
  /**
   * Whom it asks: a model group, an alias, the id of a deployment, or a name that a wildcard group serves (`openai/gpt-5-mini`), the first
   * that fits. Default: the router's `defaultModel`, or its only group.
   */
  readonly model?: string | undefined;
  readonly temperature?: number | null | undefined;
  readonly top_p?: number | null | undefined;
  readonly max_tokens?: number | null | undefined;
  readonly max_completion_tokens?: number | null | undefined;
  readonly n?: number | null | undefined;
  readonly stop?: string | readonly string[] | null | undefined;
  readonly seed?: number | null | undefined;
  /** Ask the vendor for a stream. `parallel$` and the like still give the whole answer, and know `timing.firstChunkMs`. */
  readonly stream?: boolean | null | undefined;
  /** Default `include_usage: true`, where it must be asked for. */
  readonly stream_options?:
    ({ readonly include_usage?: boolean | undefined } & Readonly<Record<string, unknown>>) | null | undefined;
  readonly frequency_penalty?: number | null | undefined;
  readonly presence_penalty?: number | null | undefined;
  readonly logit_bias?: Readonly<Record<string, number>> | null | undefined;
  readonly logprobs?: boolean | null | undefined;
  readonly top_logprobs?: number | null | undefined;
  readonly tools?: readonly Tool[] | undefined;
  readonly tool_choice?: 'none' | 'auto' | 'required' | Readonly<Record<string, unknown>> | undefined;
  readonly parallel_tool_calls?: boolean | undefined;
  readonly response_format?: ({ readonly type: string } & Readonly<Record<string, unknown>>) | undefined;
  readonly reasoning_effort?: string | null | undefined;
  readonly user?: string | undefined;
  /** Yours; never sent, and on the result's `request` as it was given. */
  readonly metadata?: unknown;
  readonly routing?: Routing | undefined;
}

/** A function that the model may ask to have called. */
export interface Tool {
  readonly type: 'function';
  readonly function: {
    readonly name: string;
    readonly description?: string | undefined;
    readonly parameters?: Readonly<Record<string, unknown>> | undefined;
    readonly strict?: boolean | null | undefined;
  };
}
