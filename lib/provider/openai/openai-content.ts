import * as t from 'io-ts';

/** Text, nothing, or (Mistral's reasoning models) a list of parts. */
export const OpenAIContent = t.union(
  [t.string, t.readonlyArray(t.UnknownRecord), t.null, t.undefined],
  'text or parts',
);
