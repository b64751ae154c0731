import type { CompletionRequest } from '../../domain/request';
import { textOfPart } from '../../domain/text-of-part';
import type { DeploymentState } from '../deployment';

/** How many tokens a request is thought to take. */
export interface Estimate {
  /** Of its messages, tools and schema, by their characters. */
  readonly input: number;
  /** The same as somebody has counted it, by the models of the group that is asked. */
  readonly counts?: ReadonlyMap<string, number> | undefined;
  /** The longest answer that it allows; absent when it does not say. */
  readonly output: number | undefined;
  /** How many answers it asks for (`n`). */
  readonly answers: number;
}

/** Of English text in the vendors' tokenizers, as they say themselves. */
const charactersAToken = 4;

/** What OpenAI counts for a picture of 1024 x 1024: four tiles of 170 and 85. Pictures and sounds come as base64, whose length says nothing. */
const tokensAPart = 765;

/** By the number of characters: O(messages), and no text is read. */
export function estimate(request: CompletionRequest): Estimate {
  const { messages, tools, response_format: format, max_completion_tokens, max_tokens, n } = request;
  let characters = tools === undefined ? 0 : JSON.stringify(tools).length;
  if (format?.type === 'json_schema') characters += JSON.stringify(format).length;
  let parts = 0;
  for (const { content, tool_calls: calls } of messages) {
    if (typeof content === 'string') characters += content.length;
    else if (content !== undefined && content !== null) {
      for (const part of content) {
        const text = textOfPart(part);
        if (text === undefined) parts += 1;
        else characters += text.length;
      }
    }
    for (const call of calls ?? []) characters += call.function.name.length + call.function.arguments.length;
  }
  return {
    input: Math.ceil(characters / charactersAToken) + parts * tokensAPart,
    output: max_completion_tokens ?? max_tokens ?? undefined,
    answers: n ?? 1,
  };
}

/** The tokens that a deployment will read. */
export function inputAt({ model }: Pick<DeploymentState, 'model'>, { input, counts }: Estimate): number {
  return counts?.get(model) ?? input;
}

/** The tokens of a text that nobody counted. */
export function tokensOf(text: string): number {
  return Math.ceil(text.length / charactersAToken);
}
