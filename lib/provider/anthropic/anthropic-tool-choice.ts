import * as t from 'io-ts';
import type { CompletionRequest } from '../../domain/request';

interface AnthropicToolChoice {
  readonly type: 'none' | 'auto' | 'any' | 'tool';
  readonly name?: string;
}

/** OpenAI's choice in Anthropic's words; `undefined` for one that it does not know (`allowed_tools`). */
export function anthropicToolChoice(
  choice: NonNullable<CompletionRequest['tool_choice']>,
): AnthropicToolChoice | undefined {
  if (choice === 'none' || choice === 'auto') return { type: choice };
  if (choice === 'required') return { type: 'any' };
  const { type, function: named } = choice;
  const name = t.UnknownRecord.is(named) ? named['name'] : undefined;
  return type === 'function' && typeof name === 'string' ? { type: 'tool', name } : undefined;
}
