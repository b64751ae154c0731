import { estimateTokens } from './estimate-tokens';

/** What a test provider answers with, before it is put in OpenAI's words. */
interface Said {
  readonly id: string;
  /** Seconds since the epoch. */
  readonly created: number;
  readonly model: string;
  /** One entry a choice. */
  readonly choices: readonly SaidChoice[];
  readonly promptTokens: number;
}

interface SaidChoice {
  readonly text: string;
  readonly finish: 'stop' | 'length' | 'tool_calls';
  /** `json`: the arguments. */
  readonly calls?: readonly { readonly id: string; readonly name: string; readonly json: string }[];
  /** Written as DeepSeek and others do: OpenAI does not show what its models think. */
  readonly thought?: string;
}

/** A body as `chatCompletion` writes it. */
export interface ChatCompletionBody {
  readonly id: string;
  readonly object: 'chat.completion';
  readonly created: number;
  readonly model: string;
  readonly system_fingerprint: 'simulated';
  readonly choices: readonly {
    readonly index: number;
    readonly message: Readonly<Record<string, unknown>>;
    readonly logprobs: null;
    readonly finish_reason: string;
  }[];
  readonly usage: Readonly<Record<string, unknown>>;
}

/** OpenAI's `chat.completion` body, marked as simulated. */
export function chatCompletion({ id, created, model, choices, promptTokens }: Said): ChatCompletionBody {
  const thoughtTokens = sum(choices.map(({ thought = '' }) => estimateTokens(thought)));
  const completionTokens = thoughtTokens + sum(choices.map(tokensOf));
  return {
    id,
    object: 'chat.completion',
    created,
    model,
    system_fingerprint: 'simulated',
    choices: choices.map((choice, index) => ({
      index,
      message: messageOf(choice),
      logprobs: null,
      finish_reason: choice.finish,
    })),
    usage: {
      prompt_tokens: promptTokens,
      completion_tokens: completionTokens,
      total_tokens: promptTokens + completionTokens,
      ...(thoughtTokens > 0 && { completion_tokens_details: { reasoning_tokens: thoughtTokens } }),
    },
  };
}

function messageOf({ text, calls = [], thought = '' }: SaidChoice): Readonly<Record<string, unknown>> {
  return {
    role: 'assistant',
    content: calls.length > 0 ? null : text,
    ...(thought !== '' && { reasoning_content: thought }),
    ...(calls.length > 0 && {
      tool_calls: calls.map(({ id, name, json }) => ({ id, type: 'function', function: { name, arguments: json } })),
    }),
    refusal: null,
  };
}

function tokensOf({ text, calls = [] }: SaidChoice): number {
  return sum([text, ...calls.map(({ name, json }) => name + json)].map(estimateTokens));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
