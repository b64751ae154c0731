import * as t from 'io-ts';
import { nullable } from '../../domain/optional';

const Part = t.type(
  {
    text: nullable(t.string),
    thought: t.unknown,
    thoughtSignature: t.unknown,
    functionCall: nullable(t.type({ name: t.string, id: t.unknown, args: t.unknown }, 'a function call')),
  },
  'a part',
);

const Candidate = t.type(
  {
    index: t.unknown,
    content: nullable(t.type({ parts: nullable(t.readonlyArray(Part)) }, 'a content')),
    finishReason: t.unknown,
    logprobsResult: t.unknown,
  },
  'a candidate',
);

/**
 * A whole `GenerateContentResponse`, and equally one event of a stream. Strict only where an answer would be lost or
 * invented; Google leaves out whatever is zero, empty or unknown.
 */
export const GeminiReply = t.type(
  {
    candidates: nullable(t.readonlyArray(Candidate)),
    promptFeedback: t.unknown,
    usageMetadata: t.unknown,
    modelVersion: t.unknown,
    responseId: t.unknown,
  },
  'GeminiReply',
);

export type GeminiReply = t.TypeOf<typeof GeminiReply>;
