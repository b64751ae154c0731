import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import type { Question } from './answer';
import { offerTools, type ToolChoice } from './offer-tools';

const declaration = t.intersection([
  t.type({ name: t.string }),
  t.partial({ description: t.string, parameters: t.UnknownRecord, parametersJsonSchema: t.UnknownRecord }),
]);
const toolsCodec = t.union([t.array(t.partial({ functionDeclarations: t.array(declaration) })), t.undefined]);

const config = t.union([
  t.partial({
    functionCallingConfig: t.partial({
      mode: t.keyof({ MODE_UNSPECIFIED: null, AUTO: null, ANY: null, NONE: null, VALIDATED: null }),
      allowedFunctionNames: t.array(t.string),
    }),
  }),
  t.undefined,
]);

/** What a `generateContent` body offers to the model to call, or Gemini's objection to it. */
export function readGeminiTools({
  tools: given,
  toolConfig,
}: Readonly<Record<string, unknown>>): E.Either<string, Pick<Question, 'tools' | 'calling'>> {
  if (!toolsCodec.is(given)) return E.left('Invalid value at "tools": expected a list of function declarations.');
  if (!config.is(toolConfig)) return E.left('Invalid value at "tool_config.function_calling_config".');
  const { mode = 'AUTO', allowedFunctionNames: allowed } = toolConfig?.functionCallingConfig ?? {};
  const tools = (given ?? [])
    .flatMap(({ functionDeclarations = [] }) => functionDeclarations)
    .map(({ name, description = '', parameters, parametersJsonSchema }) => ({
      name,
      description,
      schema: parameters ?? parametersJsonSchema ?? {},
    }));
  if (mode === 'ANY' && tools.length === 0) return E.left('Function calling mode ANY needs function declarations.');
  const strange = allowed?.find((name) => !tools.some((tool) => tool.name === name));
  if (strange !== undefined)
    return E.left(`The allowed function name "${strange}" is not among the function declarations.`);
  const choices: Readonly<Record<string, ToolChoice>> = { ANY: 'any', NONE: 'none' };
  return E.right(
    offerTools(
      tools.filter(({ name }) => mode !== 'ANY' || (allowed?.includes(name) ?? true)),
      choices[mode] ?? 'auto',
      false,
    ),
  );
}
