import { claudeToolPrompt } from './claude-tool-prompt';
import type { CountedRequest } from './counted-request';
import { functionTypes } from './function-types';
import type { Prompt } from './prompt';
import type { TokenFamily } from './token-family';

/** What there is to count of a request's tools, and of which of them may or must be called; nothing without tools. */
export function toolsPrompt(
  { tools = [], tool_choice: choice, messages }: CountedRequest,
  family: TokenFamily,
  model: string,
): Prompt {
  if (tools.length === 0) return { texts: [], tokens: 0 };
  if (family.rules === 'openai') {
    const hasSystem = messages.some(({ role }) => role === 'system' || role === 'developer');
    const chosen = nameIn(choice);
    return {
      texts: [functionTypes(tools), ...(chosen === undefined ? [] : [chosen])],
      // Of the cases of openai-chat-tokens and openai-messages-token-helper, which their authors checked against the vendor.
      tokens: 9 - (hasSystem ? 4 : 0) + (choice === 'none' ? 1 : 0) + (chosen === undefined ? 0 : 7),
    };
  }
  const texts = tools.map(({ function: { name, description, parameters } }) =>
    JSON.stringify({ name, description, parameters }),
  );
  const mustCall = choice === 'required' || typeof choice === 'object';
  return { texts, tokens: family.rules === 'anthropic' ? claudeToolPrompt(model, mustCall) : 0 };
}

function nameIn(choice: CountedRequest['tool_choice']): string | undefined {
  if (typeof choice !== 'object') return undefined;
  const { name } = (choice['function'] ?? {}) as { readonly name?: unknown };
  return typeof name === 'string' ? name : undefined;
}
