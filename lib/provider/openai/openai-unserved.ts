import type { CompletionRequest, Message } from '../../domain/request';
import type { OpenAIDialect } from './openai-dialect';

/** The fields of a request that a server with this dialect cannot serve. */
export function openAIUnserved(
  request: CompletionRequest,
  { names, unsupported, formats }: OpenAIDialect,
): readonly string[] {
  const format = request.response_format?.type;
  return [
    ...(names === false ? namesIn(request.messages) : []),
    ...(unsupported === undefined ? [] : asked({ ...request }, unsupported)),
    ...(format === undefined || formats === undefined || formats.includes(format) ? [] : ['response_format']),
  ];
}

function namesIn(messages: readonly Message[]): readonly string[] {
  return messages.flatMap(({ name }, i) => (name === undefined ? [] : [`messages[${String(i)}].name`]));
}

function asked(
  request: Readonly<Record<string, unknown>>,
  unsupported: NonNullable<OpenAIDialect['unsupported']>,
): readonly string[] {
  return Object.keys(unsupported).filter((field) => {
    const value = request[field];
    return value !== undefined && value !== null && value !== unsupported[field];
  });
}
