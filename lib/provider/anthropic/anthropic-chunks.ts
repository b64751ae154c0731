import { left, right } from 'fp-ts/Either';
import * as t from 'io-ts';
import { completionError, type FailureFields } from '../../domain/error';
import type { Call, Reply } from '../../transport/transport';
import { anthropicBegun } from './anthropic-begun';
import { anthropicBlockEvent } from './anthropic-block-event';
import { anthropicCounters } from './anthropic-counters';
import { anthropicEnded } from './anthropic-ended';
import { anthropicErrorRules } from './anthropic-errors';
import { anthropicFailure } from './anthropic-failure';
import { beforeTheMessage, type AnthropicStreamState } from './anthropic-stream-state';
import { classified } from '../classified';
import type { Chunks } from '../provider';
import { replyFacts } from '../reply-facts';
import { unreadable } from '../unreadable';
import type { VendorFailure } from '../vendor-failure';

/** Failures are told of a reply; whoever folds events without one has nothing but its success to tell. */
const someReply: Reply = { status: 200, headers: {}, body: right(undefined) };

/**
 * How Anthropic's event streams become chunks. A stream is complete with `message_stop`. Pings, signatures and events
 * that we do not know say nothing. The usage is told at the beginning, as far as it is known then, and at the end.
 */
export function anthropicChunks({
  provider,
  model,
}: {
  /** Stands in the errors. */
  readonly provider: string;
  /** Anthropic's name of the model, for streams that do not say. */
  readonly model: string;
}): Chunks<AnthropicStreamState> {
  const wrong = (fields: FailureFields<'InvalidResponse' | 'Connection'>, reply = someReply, sent?: Call) =>
    left(completionError({ ...replyFacts(reply, { provider, sent }), ...fields }));
  const invalid = (detail: string, reply?: Reply, sent?: Call) =>
    wrong({ _tag: 'InvalidResponse', detail }, reply, sent);
  const refused = (failure: VendorFailure | undefined, reply: Reply, sent?: Call) =>
    left(classified(anthropicErrorRules, reply, failure, { provider, sent }));

  return {
    initial: beforeTheMessage(model),
    isOver: ({ isOver }) => isOver,

    step: (before, { type: named, data }, reply = someReply, sent) => {
      if (before.isOver) return right([before, []]);
      const state = asking(sent?.model ?? model, before);
      const context = { provider, sent };
      const event = data._tag === 'Right' && t.UnknownRecord.is(data.right) ? data.right : undefined;
      const type = typeof event?.['type'] === 'string' ? event['type'] : named;
      if (type === 'error') return refused(anthropicFailure(event), reply, sent);
      if (!meant.has(type)) return right([state, []]);
      if (event === undefined) {
        const what = data._tag === 'Left' ? unreadable(data.left, 'An event') : 'An event is no object.';
        return invalid(what, reply, sent);
      }
      if (type === nameless) {
        const failure = anthropicFailure(event);
        return failure === undefined ? right([state, []]) : refused(failure, reply, sent);
      }
      if (type === 'message_delta') {
        const next = { ...state, usage: { ...state.usage, ...anthropicCounters(event['usage']) } };
        const stopReason = t.UnknownRecord.is(event['delta']) ? event['delta']['stop_reason'] : undefined;
        if (typeof stopReason !== 'string') return right([next, []]);
        return anthropicEnded(next, { stopReason, raw: event }, reply, context);
      }
      if (type === 'message_stop') {
        const over = { ...state, isOver: true };
        return state.hasEnded
          ? right([over, []])
          : anthropicEnded(over, { stopReason: state.stopReason, raw: event }, reply, context);
      }
      const step =
        type === 'message_start' ? anthropicBegun(state, event, reply) : anthropicBlockEvent(state, type, event);
      return step._tag === 'Left' ? invalid(step.left, reply, sent) : step;
    },

    end: ({ isOver }, reply, sent) =>
      isOver
        ? right([])
        : wrong(
            { _tag: 'Connection', status: undefined, detail: 'The stream ended without message_stop.' },
            reply,
            sent,
          ),
  };
}

/** What is known before the first event of a call whose model is its own. */
function asking(model: string, state: AnthropicStreamState): AnthropicStreamState {
  return state.asked === model ? state : { ...state, asked: model, model };
}

/** The type of events that have none: some proxies report a failure so. */
const nameless = 'message';
/** The events that must be readable, for they may say something. */
const meant: ReadonlySet<string> = new Set([
  nameless,
  'message_start',
  'message_delta',
  'message_stop',
  'content_block_start',
  'content_block_delta',
  'content_block_stop',
]);
