import type { CompletionRequest } from '../../domain/request';
import { anthropicOutputSchema } from './anthropic-output-schema';
import { anthropicThinking } from './anthropic-thinking';
import { anthropicToolChoice } from './anthropic-tool-choice';

type Field = keyof CompletionRequest;

/** Whether a field asks for what Anthropic does not do. A value that changes nothing asks for nothing. */
const asksTooMuch: Readonly<Partial<Record<Field, (request: CompletionRequest, model: string) => boolean>>> = {
  n: ({ n }) => (n ?? 1) !== 1,
  seed: ({ seed }) => (seed ?? undefined) !== undefined,
  frequency_penalty: ({ frequency_penalty: penalty }) => (penalty ?? 0) !== 0,
  presence_penalty: ({ presence_penalty: penalty }) => (penalty ?? 0) !== 0,
  logit_bias: ({ logit_bias: bias }) => Object.keys(bias ?? {}).length > 0,
  logprobs: ({ logprobs }) => logprobs === true,
  top_logprobs: ({ top_logprobs: top }) => (top ?? 0) !== 0,
  tool_choice: ({ tool_choice: choice }) => choice !== undefined && anthropicToolChoice(choice) === undefined,
  reasoning_effort: ({ reasoning_effort: effort }, model) =>
    typeof effort === 'string' && anthropicThinking(effort, model) === undefined,
  response_format: ({ response_format: format }) =>
    format !== undefined && format.type !== 'text' && anthropicOutputSchema(format) === undefined,
};

/** The fields of a request that Anthropic cannot serve. */
export function anthropicUnserved(request: CompletionRequest, model: string): readonly string[] {
  return Object.entries(asksTooMuch)
    .filter(([, asks]) => asks(request, model))
    .map(([field]) => field);
}
