import * as t from 'io-ts';

/** A call of a tool in a reply. */
export const AnthropicToolUseBlock = t.type(
  { type: t.literal('tool_use'), id: t.string, name: t.string, input: t.unknown },
  'a tool_use block',
);

export type AnthropicToolUseBlock = t.TypeOf<typeof AnthropicToolUseBlock>;
