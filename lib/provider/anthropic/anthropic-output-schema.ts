import * as t from 'io-ts';
import type { CompletionRequest } from '../../domain/request';

type Format = NonNullable<CompletionRequest['response_format']>;

/** The schema of OpenAI's `{ type: 'json_schema', json_schema: { schema } }`; `undefined` for every other format. */
export function anthropicOutputSchema({
  type,
  json_schema: wanted,
}: Format): Readonly<Record<string, unknown>> | undefined {
  const schema = type === 'json_schema' && t.UnknownRecord.is(wanted) ? wanted['schema'] : undefined;
  return t.UnknownRecord.is(schema) ? schema : undefined;
}
