import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import type { Question } from './answer';
import { offerTools, type ToolChoice } from './offer-tools';
import { objectTo, type OpenAIError } from './openai-refusal';

const tool = t.type({
  type: t.literal('function'),
  function: t.intersection([
    t.type({ name: t.string }),
    t.partial({ description: t.string, parameters: t.UnknownRecord }),
  ]),
});
const toolsCodec = t.union([t.array(tool), t.null, t.undefined]);

const choices = t.union([
  t.literal('none'),
  t.literal('auto'),
  t.literal('required'),
  t.type({ type: t.literal('function'), function: t.type({ name: t.string }) }),
  t.null,
  t.undefined,
]);

/** What a chat-completions body offers to the model to call, or OpenAI's objection to it. */
export function readOpenAITools(
  body: Readonly<Record<string, unknown>>,
): E.Either<OpenAIError, Pick<Question, 'tools' | 'calling'>> {
  const { tools: given, tool_choice: choice, parallel_tool_calls: parallel } = body;
  if (!toolsCodec.is(given))
    return objectTo("Invalid 'tools': expected an array of functions.", 'tools', 'invalid_type');
  if (!choices.is(choice)) return objectTo("Invalid value for 'tool_choice'.", 'tool_choice', 'invalid_value');
  const tools = (given ?? []).map(({ function: { name, description = '', parameters = {} } }) => ({
    name,
    description,
    schema: parameters,
  }));
  if (tools.length === 0 && choice != null && choice !== 'none') {
    return objectTo("'tool_choice' is only allowed when 'tools' are specified.", 'tool_choice', null);
  }
  const wanted = choiceOf(choice);
  if (typeof wanted === 'object' && !tools.some(({ name }) => name === wanted.name)) {
    return objectTo(`Tool choice '${wanted.name}' not found in 'tools' parameter.`, 'tool_choice', null);
  }
  return E.right(offerTools(tools, wanted, parallel === false));
}

function choiceOf(choice: t.TypeOf<typeof choices>): ToolChoice {
  if (choice === 'none') return 'none';
  if (choice === 'required') return 'any';
  return typeof choice === 'object' && choice !== null ? choice.function : 'auto';
}
