import type { Answer, Question } from './answer';
import type { Marks } from './wire-format';

/** A part of what Anthropic's model says. */
export type AnthropicBlock =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'thinking'; readonly thinking: string; readonly signature: string }
  | {
      readonly type: 'tool_use';
      readonly id: string;
      readonly name: string;
      readonly input: Answer['calls'][number]['args'];
    };

/** A body as `anthropicMessage` writes it. */
export interface AnthropicMessage {
  readonly id: string;
  readonly type: 'message';
  readonly role: 'assistant';
  readonly model: string;
  readonly content: readonly AnthropicBlock[];
  readonly stop_reason: string;
  readonly stop_sequence: null;
  readonly usage: Readonly<Record<string, number | string>>;
}

const reasons = { stop: 'end_turn', length: 'max_tokens', calls: 'tool_use' } as const;

/** Anthropic's `message` body, marked as simulated. */
export function anthropicMessage({ model, promptTokens }: Question, answer: Answer, { id }: Marks): AnthropicMessage {
  const { thought, text, calls, finish, tokens } = answer;
  return {
    id: `msg_simulated_${id}`,
    type: 'message',
    role: 'assistant',
    model,
    content: [
      ...(thought === '' ? [] : [{ type: 'thinking' as const, thinking: thought, signature: 'simulated' }]),
      ...(calls.length > 0 ? [] : [{ type: 'text' as const, text }]),
      ...calls.map(({ name, args: input }, at) => ({
        type: 'tool_use' as const,
        id: `toolu_simulated_${id}_${String(at)}`,
        name,
        input,
      })),
    ],
    stop_reason: reasons[finish],
    stop_sequence: null,
    usage: {
      input_tokens: promptTokens,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      output_tokens: tokens,
      service_tier: 'standard',
    },
  };
}
