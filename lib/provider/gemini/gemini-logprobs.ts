import * as t from 'io-ts';
import { nullable } from '../../domain/optional';

const Token = t.type({ token: t.string, logProbability: t.number });

const LogprobsResult = t.type({
  chosenCandidates: t.readonlyArray(Token),
  topCandidates: nullable(t.readonlyArray(t.type({ candidates: nullable(t.readonlyArray(Token)) }))),
});

/** The log probabilities of a candidate in OpenAI's shape; `undefined` when there are none. */
export function geminiLogprobs(value: unknown): { readonly content: readonly object[] } | undefined {
  const decoded = LogprobsResult.decode(value);
  if (decoded._tag === 'Left') return undefined;
  const { chosenCandidates, topCandidates } = decoded.right;
  const content = chosenCandidates.map((chosen, place) => ({
    ...logprob(chosen),
    top_logprobs: (topCandidates?.[place]?.candidates ?? []).map(logprob),
  }));
  return { content };
}

function logprob({ token, logProbability }: t.TypeOf<typeof Token>): object {
  return { token, logprob: logProbability, bytes: null };
}
