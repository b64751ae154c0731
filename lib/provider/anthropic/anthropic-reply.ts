import * as t from 'io-ts';
import { AnthropicToolUseBlock } from './anthropic-tool-use-block';

const Block = t.refinement(
  t.type({ type: t.string }),
  (block) => block.type !== 'tool_use' || AnthropicToolUseBlock.is(block),
  'a block',
);

/**
 * A whole message, as Anthropic writes it. Strict only where an answer would be lost or invented: what a block holds is
 * read by its kind, and kinds that we do not know say nothing to us.
 */
export const AnthropicReply = t.type(
  {
    id: t.unknown,
    model: t.unknown,
    content: t.readonlyArray(Block),
    stop_reason: t.unknown,
    usage: t.unknown,
  },
  'AnthropicReply',
);

export type AnthropicReply = t.TypeOf<typeof AnthropicReply>;
