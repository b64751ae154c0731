import type { Completion } from '../../lib/domain/completion';

/** `args` is the parsed JSON, or the text as it came where it is none; `extra` what the vendor wants back. */
interface UnderstoodCall {
  readonly id: string;
  readonly name: string;
  readonly args: unknown;
  readonly extra: unknown;
}

/** What one choice of an answer says, in words that all vendors share. */
export interface UnderstoodChoice {
  readonly text: string;
  readonly reasoning: string;
  readonly refusal: string;
  readonly calls: readonly UnderstoodCall[];
  /** In OpenAI's words. */
  readonly finish: string;
}

/** What an answer says, whoever read it. */
export interface Understood {
  readonly choices: readonly UnderstoodChoice[];
  /** `undefined` where the vendor does not say. */
  readonly tokens:
    | undefined
    | {
        readonly prompt: number;
        readonly completion: number;
        readonly total: number;
        readonly cached: number;
        readonly reasoning: number;
      };
}

/** What our client understood. */
export function understood({ choices, usage }: Completion): Understood {
  return {
    choices: choices.map(({ message: { content, reasoning, refusal, tool_calls: calls = [] }, finish_reason }) => ({
      text: content ?? '',
      reasoning: reasoning ?? '',
      refusal: refusal ?? '',
      calls: calls.map(({ id, function: { name, arguments: json }, extra_content: extra }) => ({
        id,
        name,
        args: parsed(json),
        extra,
      })),
      finish: finish_reason,
    })),
    tokens: usage && {
      prompt: usage.promptTokens,
      completion: usage.completionTokens,
      total: usage.totalTokens,
      cached: usage.cachedTokens ?? 0,
      reasoning: usage.reasoningTokens ?? 0,
    },
  };
}

/** Arguments as they are compared: what is no JSON stays the text that it is. */
export function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return json;
  }
}
