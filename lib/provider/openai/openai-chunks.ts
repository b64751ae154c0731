import { left, right } from 'fp-ts/Either';
import { completionError, type FailureFields } from '../../domain/error';
import { explain } from '../../domain/explain';
import type { Call, Reply } from '../../transport/transport';
import { classified } from '../classified';
import { openAIChunk } from './openai-chunk';
import { openAIErrorRules } from './openai-errors';
import { OpenAIEvent } from './openai-event';
import { openAIFailure } from './openai-failure';
import { beforeTheStream, type OpenAIStreamState } from './openai-stream-state';
import type { Chunks } from '../provider';
import { replyFacts } from '../reply-facts';
import { reportedFailure } from './reported-failure';
import { unreadable } from '../unreadable';
import type { VendorFailure } from '../vendor-failure';

/** Failures are told of a reply; whoever folds events without one has nothing but its success to tell. */
const someReply: Reply = { status: 200, headers: {}, body: right(undefined) };

/**
 * How event streams in OpenAI's wire format become chunks. A stream is complete with `[DONE]`, or when every choice has
 * its `finish_reason`: some servers leave out the one, some the other. An event takes about a microsecond.
 */
export function openAIChunks({
  provider,
  model,
}: {
  /** Stands in the errors. */
  readonly provider: string;
  /** The vendor's name of the model, for chunks that do not say. */
  readonly model: string;
}): Chunks<OpenAIStreamState> {
  const wrong = (fields: FailureFields<'InvalidResponse' | 'Connection'>, reply = someReply, sent?: Call) =>
    left(completionError({ ...replyFacts(reply, { provider, sent }), ...fields }));
  const invalid = (detail: string, reply?: Reply, sent?: Call) =>
    wrong({ _tag: 'InvalidResponse', detail }, reply, sent);
  const refused = (failure: VendorFailure | undefined, reply = someReply, sent?: Call) =>
    left(classified(openAIErrorRules, reply, failure, { provider, sent }));

  return {
    initial: beforeTheStream,
    isOver: ({ isOver }) => isOver,

    step: (state, { type, data }, reply, sent) => {
      if (state.isOver) return right([state, []]);
      if (type === 'error') return refused(openAIFailure(data), reply, sent);
      if (data._tag === 'Left') {
        const { kind, text } = data.left;
        if (kind === 'empty') return right([state, []]);
        if (text.trim() === '[DONE]') return right([{ ...state, isOver: true }, []]);
        return invalid(unreadable(data.left, 'An event'), reply, sent);
      }
      const said = data.right;
      const isChunk = OpenAIEvent.is(said);
      const failure = isChunk && !mayReport(said) ? undefined : reportedFailure(said);
      if (failure !== undefined) return refused(failure, reply, sent);
      if (!isChunk) return invalid(problems(said), reply, sent);
      const read = openAIChunk(state.choices, said, sent?.model ?? model);
      if (read === undefined) return invalid('More choices or tool calls than are believed.', reply, sent);
      const [choices, chunk] = read;
      return right([choices === state.choices ? state : { ...state, choices }, [chunk]]);
    },

    end: ({ isOver, choices }, reply, sent) => {
      if (choices.length === 0) return invalid('The stream held no choice.', reply, sent);
      if (!isOver && !choices.every(({ isFinished }) => isFinished)) {
        return wrong(
          { _tag: 'Connection', status: undefined, detail: 'The stream ended without its end marker.' },
          reply,
          sent,
        );
      }
      if (choices.some(({ isFinished, hasSpoken }) => !isFinished && !hasSpoken)) {
        return invalid('A choice says nothing, and not why.', reply, sent);
      }
      const isNameless = choices.some(({ calls }) => calls.some(({ name }) => name === undefined));
      return isNameless ? invalid('A tool call has no name.', reply, sent) : right([]);
    },
  };
}

/** Asked of every event, so that looking closely is left to those that are not plain chunks. */
function mayReport({ error: outer, choices }: OpenAIEvent): boolean {
  return isGiven(outer) || choices === undefined || choices === null || choices.some(({ error }) => isGiven(error));
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function problems(said: unknown): string {
  const decoded = OpenAIEvent.decode(said);
  return decoded._tag === 'Left' ? `${explain(decoded.left).slice(0, 3).join('; ')}.` : '';
}
