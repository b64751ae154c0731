import * as t from 'io-ts';
import type { ObservableInput } from 'rxjs';
import { Count, CountFromOne, Duration, Finite } from './numbers';
import { oneOrMany } from './one-or-many';
import { only } from './only';
import { maybe, nullable } from './optional';
import type { CompletionRequest, ContentPart, Message, Routing, Timeouts as Clocks, Tool } from './request';

const kinds: Readonly<Record<ContentPart['type'], t.Mixed>> = {
  text: t.type({ text: t.string }, 'a content part'),
  image_url: t.type({ image_url: t.type({ url: t.string }, 'an image') }, 'a content part'),
  input_audio: t.UnknownRecord,
  file: t.UnknownRecord,
  refusal: t.UnknownRecord,
};
const Kind = t.type({ type: t.keyof(kinds, `one of ${Object.keys(kinds).join(', ')}`) }, 'a content part');

/** Not a union: what is wrong is told of the kind that the part says it is. */
const Part = new t.Type<ContentPart>(
  'a content part',
  (value): value is ContentPart => Kind.is(value) && kinds[value.type].is(value),
  (value, context) => {
    const kind = Kind.validate(value, context);
    return kind._tag === 'Left' ? kind : (kinds[kind.right.type].validate(value, context) as t.Validation<ContentPart>);
  },
  t.identity,
);

const CallByModel = t.type(
  { id: t.string, type: t.literal('function'), function: t.type({ name: t.string, arguments: t.string }) },
  'a tool call',
);

const roles = { system: null, developer: null, user: null, assistant: null, tool: null };
const Role = t.keyof(roles, `one of ${Object.keys(roles).join(', ')}`);
const Content = oneOrMany(t.string, Part, 'text or content parts');

const MessageCodec: t.Type<Message> = t.intersection(
  [
    t.type({ role: Role }),
    t.partial({
      content: nullable(Content),
      name: maybe(t.string),
      reasoning: nullable(t.string),
      tool_calls: maybe(t.readonlyArray(CallByModel)),
      tool_call_id: maybe(t.string),
    }),
  ],
  'a message',
);

const ToolCodec: t.Type<Tool> = t.type(
  {
    type: t.literal('function'),
    function: t.intersection([
      t.type({ name: t.string }),
      t.partial({
        description: maybe(t.string),
        parameters: maybe(t.record(t.string, t.unknown)),
        strict: nullable(t.boolean),
      }),
    ]),
  },
  'a tool',
);

const clocks = {
  totalMs: maybe(Duration),
  attemptMs: maybe(Duration),
  firstChunkMs: maybe(Duration),
  chunkMs: maybe(Duration),
  queueMs: maybe(Duration),
};

export const Timeouts: t.Type<Clocks> = only(clocks, t.partial(clocks, 'timeouts'));

const notifier = new t.Type<ObservableInput<unknown> & object>(
  'an Observable, a promise or an iterable',
  (value): value is ObservableInput<unknown> & object => typeof value === 'object' && value !== null,
  (value, context) =>
    typeof value === 'object' && value !== null
      ? t.success(value as ObservableInput<unknown> & object)
      : t.failure(value, context),
  t.identity,
);

const Names = t.readonlyArray(t.string, 'names');
const Fallbacks = new t.Type<readonly string[] | false>(
  'names of groups, or false',
  (value): value is readonly string[] | false => value === false || Names.is(value),
  (value, context) => (value === false ? t.success(value) : Names.validate(value, context)),
  t.identity,
);

const routing = {
  timeouts: maybe(Timeouts),
  maxRetries: maybe(Count),
  fallbacks: maybe(Fallbacks),
  priority: maybe(Finite),
  tags: maybe(Names),
  deployment: maybe(t.string),
  dedupe: maybe(t.boolean),
  until: maybe(notifier),
};

const RoutingCodec: t.Type<Routing> = only(routing, t.partial(routing, 'routing'));

const StreamOptions = t.intersection(
  [t.UnknownRecord, t.partial({ include_usage: maybe(t.boolean) })],
  'options of a stream',
);

const messages = t.refinement(t.readonlyArray(MessageCodec), (list) => list.length > 0, 'at least one message');

/** A request before anything is sent: what we read ourselves must be right, what we do not know is passed through. */
export const CompletionRequestCodec: t.Type<CompletionRequest> = t.intersection(
  [
    t.type({ messages }),
    t.partial({
      model: maybe(t.string),
      temperature: nullable(Finite),
      top_p: nullable(Finite),
      max_tokens: nullable(CountFromOne),
      max_completion_tokens: nullable(CountFromOne),
      n: nullable(CountFromOne),
      stop: nullable(oneOrMany(t.string, t.string, 'a string or strings')),
      seed: nullable(Finite),
      stream: nullable(t.boolean),
      stream_options: nullable(StreamOptions),
      frequency_penalty: nullable(Finite),
      presence_penalty: nullable(Finite),
      logit_bias: nullable(t.record(t.string, Finite)),
      logprobs: nullable(t.boolean),
      top_logprobs: nullable(Count),
      tools: maybe(t.readonlyArray(ToolCodec)),
      parallel_tool_calls: maybe(t.boolean),
      tool_choice: maybe(
        t.union(
          [t.keyof({ none: null, auto: null, required: null }), t.UnknownRecord],
          'none, auto, required or a tool',
        ),
      ),
      response_format: maybe(t.intersection([t.type({ type: t.string }), t.UnknownRecord], 'a response format')),
      reasoning_effort: nullable(t.string),
      user: maybe(t.string),
      metadata: t.unknown,
      routing: maybe(RoutingCodec),
    }),
  ],
  'CompletionRequest',
);
