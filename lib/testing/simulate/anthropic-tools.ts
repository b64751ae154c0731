import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import type { Question } from './answer';
import { offerTools, type ToolChoice } from './offer-tools';

const tool = t.intersection([
  t.type({ name: t.string }),
  t.partial({ description: t.string, input_schema: t.UnknownRecord }),
]);
const toolsCodec = t.union([t.array(tool), t.undefined]);

const once = t.partial({ disable_parallel_tool_use: t.boolean });
const choices = t.union([
  t.intersection([t.type({ type: t.keyof({ auto: null, any: null, none: null }) }), once]),
  t.intersection([t.type({ type: t.literal('tool'), name: t.string }), once]),
  t.undefined,
]);

/** What a Messages body offers to the model to call, or Anthropic's objection to it. Tools that their own servers run are not. */
export function readAnthropicTools({
  tools: given,
  tool_choice: choice,
}: Readonly<Record<string, unknown>>): E.Either<string, Pick<Question, 'tools' | 'calling'>> {
  if (!toolsCodec.is(given)) return E.left('tools: Input should be a valid list of tools');
  if (!choices.is(choice)) return E.left('tool_choice: Input should have the type "auto", "any", "tool" or "none"');
  const tools = (given ?? []).flatMap(({ name, description = '', input_schema: schema }) =>
    schema === undefined ? [] : [{ name, description, schema }],
  );
  const wanted: ToolChoice = choice?.type === 'tool' ? { name: choice.name } : (choice?.type ?? 'auto');
  if (tools.length === 0 && wanted !== 'auto' && wanted !== 'none') {
    return E.left('tool_choice may only be specified while providing tools.');
  }
  if (typeof wanted === 'object' && !tools.some(({ name }) => name === wanted.name)) {
    return E.left(`Tool '${wanted.name}' not found in provided tools`);
  }
  return E.right(offerTools(tools, wanted, choice?.disable_parallel_tool_use === true));
}
