import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import type { Question } from './answer';
import { ask, type Form, type Said } from './ask';
import { readGeminiTools } from './gemini-tools';
import { jsonBody } from './json-body';

const part = t.partial({ text: t.string, functionResponse: t.partial({ name: t.string, response: t.unknown }) });
const content = t.intersection([
  t.type({ parts: t.array(part) }),
  t.partial({ role: t.keyof({ user: null, model: null, function: null }) }),
]);
const contentsCodec = t.array(content);
const instructionsCodec = t.union([t.type({ parts: t.array(part) }), t.undefined]);

const configCodec = t.union([
  t.partial({
    candidateCount: t.number,
    maxOutputTokens: t.number,
    responseMimeType: t.string,
    responseSchema: t.unknown,
    responseJsonSchema: t.unknown,
    thinkingConfig: t.partial({ includeThoughts: t.boolean }),
  }),
  t.undefined,
]);

/** A `generateContent` body as a question, or Gemini's objection to it. */
export function readGeminiRequest(model: string, json: string): E.Either<string, Question> {
  const body = jsonBody(json);
  if (body === undefined) return E.left('Invalid JSON payload received.');
  const { contents, systemInstruction, generationConfig: config } = body;
  if (contents === undefined) return E.left('* GenerateContentRequest.contents: contents is not specified');
  if (!contentsCodec.is(contents))
    return E.left('Invalid value at "contents": expected contents of the roles user and model.');
  if (contents.length === 0) return E.left('* GenerateContentRequest.contents: contents is not specified');
  if (!instructionsCodec.is(systemInstruction)) return E.left('Invalid value at "system_instruction".');
  if (!configCodec.is(config)) return E.left('Invalid value at "generation_config".');
  const { candidateCount = 1, maxOutputTokens = Infinity } = config ?? {};
  if (!(Number.isInteger(candidateCount) && candidateCount >= 1 && candidateCount <= 8)) {
    return E.left('* GenerateContentRequest.generation_config.candidate_count: must be from 1 to 8');
  }
  if (!(maxOutputTokens >= 1)) {
    return E.left('* GenerateContentRequest.generation_config.max_output_tokens: must be positive');
  }
  const offered = readGeminiTools(body);
  if (E.isLeft(offered)) return offered;
  const instructions: readonly Said[] =
    systemInstruction === undefined ? [] : [{ by: 'other', text: textOf(systemInstruction.parts) }];
  return E.right(
    ask([...instructions, ...contents.flatMap(said)], {
      model,
      choices: candidateCount,
      maxTokens: maxOutputTokens,
      offered: offered.right,
      thinks: config?.thinkingConfig?.includeThoughts === true,
      form: formOf(config),
    }),
  );
}

function formOf(config: t.TypeOf<typeof configCodec>): Form {
  if (config?.responseMimeType === undefined) return 'any';
  if (config.responseMimeType !== 'application/json') return 'prose';
  return { schema: config.responseSchema ?? config.responseJsonSchema };
}

/** A content, and after it each function's response that it holds. */
function said({ role, parts }: t.TypeOf<typeof content>): readonly Said[] {
  const responses = parts.flatMap(({ functionResponse: given }) => (given === undefined ? [] : [given.response]));
  const text = textOf(parts);
  return [
    ...(text === '' && responses.length > 0
      ? []
      : [{ by: role === 'model' ? ('model' as const) : ('user' as const), text }]),
    ...responses.map((response) => ({ by: 'tool' as const, text: plain(response) })),
  ];
}

/** A response's one field as it is, if it is text: where others send a text, Gemini's users must send an object. */
function plain(response: unknown): string {
  const values: readonly unknown[] = typeof response === 'object' && response !== null ? Object.values(response) : [];
  return values.length === 1 && typeof values[0] === 'string' ? values[0] : JSON.stringify(response ?? null);
}

function textOf(parts: readonly t.TypeOf<typeof part>[]): string {
  return parts.flatMap(({ text }) => (text === undefined ? [] : [text])).join('\n');
}
