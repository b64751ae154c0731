import * as t from 'io-ts';

/** A block of thinking, open or withheld: what else is in it (the signature) is Anthropic's, and goes back as it came. */
export const AnthropicThought = t.union(
  [
    t.type({ type: t.literal('thinking'), thinking: t.string }),
    t.type({ type: t.literal('redacted_thinking'), data: t.string }),
  ],
  'a block of thinking',
);

export type AnthropicThought = t.TypeOf<typeof AnthropicThought>;
