import * as t from 'io-ts';

/**
 * A whole message, as Anthropic writes it. Strict only where an answer would be lost or invented: what a block holds is
 * read by its kind, and kinds that we do not know say nothing to us.
 */
export const AnthropicReply = t.type(
  {
    id: t.unknown,
    model: t.unknown,
    content: t.readonlyArray(t.type({ type: t.string }, 'a block')),
    stop_reason: t.unknown,
    usage: t.unknown,
  },
  'AnthropicReply',
);

export type AnthropicReply = t.TypeOf<typeof AnthropicReply>;
