import * as t from 'io-ts';
import { nullable } from '../../domain/optional';
import { OpenAIContent } from './openai-content';

const ReplyToolCall = t.type(
  { id: t.unknown, function: t.type({ name: t.string, arguments: t.unknown }), extra_content: t.unknown },
  'a tool call',
);

const ReplyMessage = t.type(
  {
    content: OpenAIContent,
    tool_calls: nullable(t.readonlyArray(ReplyToolCall)),
    refusal: t.unknown,
    reasoning: t.unknown,
    reasoning_content: t.unknown,
  },
  'a message',
);

const ReplyChoice = t.type(
  { index: t.unknown, message: ReplyMessage, finish_reason: t.unknown, logprobs: t.unknown },
  'a choice',
);

/**
 * A whole `chat.completion`, as OpenAI and the servers that imitate it write it. Strict only where an answer would be
 * lost or invented; what servers leave out or misspell (`id`, `created`, `usage`, a tool call's `type` …) is `unknown`
 * here and mended by the mapping.
 */
export const OpenAIReply = t.type(
  {
    id: t.unknown,
    created: t.unknown,
    model: t.unknown,
    choices: t.refinement(t.readonlyArray(ReplyChoice), (choices) => choices.length > 0, 'at least one choice'),
    usage: t.unknown,
  },
  'OpenAIReply',
);

export type OpenAIReply = t.TypeOf<typeof OpenAIReply>;
