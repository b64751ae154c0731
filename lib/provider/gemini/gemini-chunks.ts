import { left, right, type Either } from 'fp-ts/Either';
import type { ChunkChoice, CompletionChunk } from '../../domain/chunk';
import { completionError, type CompletionError } from '../../domain/error';
import { explain } from '../../domain/explain';
import type { Call, Reply } from '../../transport/transport';
import { filled } from '../filled';
import { geminiBlock } from './gemini-block';
import { geminiError } from './gemini-error';
import { geminiFailure } from './gemini-failure';
import { geminiFinish } from './gemini-finish';
import { geminiHeard, type GeminiHeard } from './gemini-heard';
import { geminiLogprobs } from './gemini-logprobs';
import { GeminiReply } from './gemini-reply';
import { geminiSaid } from './gemini-said';
import { geminiSilence } from './gemini-silence';
import { geminiUsage } from './gemini-usage';
import { identifier } from '../identifier';
import type { Chunks } from '../provider';
import { replyDate } from '../reply-date';
import { replyFacts } from '../reply-facts';
import { unreadable } from '../unreadable';

interface State {
  readonly id: string;
  /** As the vendor says it. */
  readonly model: string | undefined;
  /** By the index of the candidate. */
  readonly heard: ReadonlyMap<number, GeminiHeard>;
}

type Failed = Either<CompletionError, never>;
type Failing = Pick<Parameters<typeof completionError>[0], 'status' | 'code' | 'detail'> & {
  readonly _tag: 'InvalidResponse' | 'ContentPolicyViolation' | 'Connection';
};

/** Choices and tool calls have indices below this. */
const places = 128;
/** Failures are told of a reply; whoever folds events without one has nothing but its success to tell. */
const someReply: Reply = { status: 200, headers: {}, body: left({ kind: 'empty', text: '' }) };

/**
 * How the events of `streamGenerateContent` become chunks. Each is a reply of its own with the next pieces of some candidates;
 * function calls come whole. There is no last word: when every candidate has said why it ended, the end of the body is the end.
 */
export function geminiChunks({
  provider,
  model,
}: {
  readonly provider: string;
  readonly model: string;
}): Chunks<State> {
  const failed = ({ code, ...rest }: Failing, reply: Reply, sent: Call | undefined): Failed =>
    left(completionError({ ...replyFacts(reply, { provider, sent }), ...rest, code: identifier(code, sent) }));

  return {
    initial: { id: '', model: undefined, heard: new Map() },

    step: (state, { data }, reply = someReply, sent) => {
      const invalid = (detail: string) => failed({ _tag: 'InvalidResponse', detail }, reply, sent);
      if (data._tag === 'Left') return invalid(unreadable(data.left, 'An event'));
      const failure = geminiFailure(data.right);
      if (failure !== undefined) return left(geminiError(reply, failure, { provider, sent }));
      const decoded = GeminiReply.decode(data.right);
      if (decoded._tag === 'Left') return invalid(`${explain(decoded.left).slice(0, 3).join('; ')}.`);
      const { candidates, promptFeedback, usageMetadata, modelVersion, responseId } = decoded.right;
      const given = candidates ?? [];
      const block = given.length === 0 ? geminiBlock(promptFeedback) : undefined;
      if (block !== undefined) return failed({ _tag: 'ContentPolicyViolation', code: block }, reply, sent);

      const heard = new Map(state.heard);
      const choices: ChunkChoice[] = [];
      for (const [place, candidate] of given.entries()) {
        const index = candidate.index ?? place; // Google leaves out what is zero
        if (!isPlace(index)) return invalid('The index of a candidate is out of range.');
        const before = heard.get(index);
        const now = geminiHeard(candidate, before);
        if (now.calls > places) return invalid('A candidate makes too many function calls.');
        heard.set(index, now);
        choices.push(choiceOf(candidate, index, now, before));
      }
      const next: State = {
        id: filled(responseId) ?? state.id,
        model: filled(modelVersion) ?? state.model,
        heard,
      };
      const usage = geminiUsage(usageMetadata);
      if (choices.length === 0 && usage === undefined) return right([next, []] as const);
      const chunk: CompletionChunk = {
        id: next.id,
        created: replyDate(reply),
        model: next.model ?? sent?.model ?? model,
        choices,
        ...(usage === undefined ? {} : { usage }),
        raw: data.right,
      };
      return right([next, [chunk]] as const);
    },

    isOver: () => false, // the usage may still come

    end: ({ heard }, reply = someReply, sent) => {
      const all = [...heard].sort(([a], [b]) => a - b).map(([, one]) => one);
      if (all.length === 0)
        return failed({ _tag: 'InvalidResponse', detail: 'The stream held no candidate.' }, reply, sent);
      if (all.some(({ ended }) => ended === undefined)) {
        return failed({ _tag: 'Connection', status: undefined, detail: 'The stream broke off.' }, reply, sent);
      }
      const silence = geminiSilence(all);
      return silence === undefined ? right([]) : failed(silence, reply, sent);
    },
  };
}

function choiceOf(
  candidate: NonNullable<GeminiReply['candidates']>[number],
  index: number,
  now: GeminiHeard,
  before: GeminiHeard | undefined,
): ChunkChoice {
  const calls = before?.calls ?? 0;
  const { tool_calls: called, ...said } = geminiSaid(candidate.content?.parts ?? [], calls);
  const logprobs = geminiLogprobs(candidate.logprobsResult);
  return {
    index,
    delta: {
      ...(before === undefined ? { role: 'assistant' } : {}),
      ...said,
      ...(called === undefined ? {} : { tool_calls: called.map((call, i) => ({ index: calls + i, ...call })) }),
    },
    finish_reason:
      now.ended === undefined || now.ended === before?.ended ? null : geminiFinish(now.ended, now.calls > 0),
    ...(logprobs === undefined ? {} : { logprobs }),
  };
}

function isPlace(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < places;
}
