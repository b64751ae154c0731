import type { CompletionRequest, Tool } from '../../domain/request';
import { anthropicToolChoice } from './anthropic-tool-choice';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The tools, and which of them may or must be called, as fields of Anthropic's body. Without tools there is nothing to
 * choose from: `auto` and `none` are left out then, for Anthropic refuses them.
 */
export function anthropicTools({
  tools = [],
  tool_choice: choice,
  parallel_tool_calls: parallel,
}: Pick<CompletionRequest, 'tools' | 'tool_choice' | 'parallel_tool_calls'>): Fields {
  const isIdle = choice === undefined || choice === 'auto' || choice === 'none';
  if (tools.length === 0 && isIdle) return {};
  const oneByOne = parallel === false && choice !== 'none';
  const chosen = anthropicToolChoice(choice ?? 'auto');
  return {
    ...(tools.length === 0 ? {} : { tools: tools.map(anthropicTool) }),
    ...(oneByOne
      ? { tool_choice: { type: 'auto', ...chosen, disable_parallel_tool_use: true } }
      : choice === undefined || chosen === undefined
        ? {}
        : { tool_choice: chosen }),
  };
}

function anthropicTool({ function: { name, description, parameters, strict } }: Tool): Fields {
  return {
    name,
    ...(description === undefined ? {} : { description }),
    input_schema: { type: 'object', ...parameters },
    ...(strict === true ? { strict } : {}),
  };
}
