import type { Question } from './answer';
import type { Tool } from './choose-calls';

/** Whether the model may, must, or must not call; or the name of the tool that it must call. */
export type ToolChoice = 'auto' | 'any' | 'none' | { readonly name: string };

/** What a question offers of a request's tools. */
export function offerTools(
  tools: readonly Tool[],
  choice: ToolChoice,
  single: boolean,
): Pick<Question, 'tools' | 'calling'> {
  if (choice === 'none') return { tools: [], calling: { must: false, single } };
  if (typeof choice === 'string') return { tools, calling: { must: choice === 'any', single } };
  return { tools: tools.filter(({ name }) => name === choice.name), calling: { must: true, single } };
}
