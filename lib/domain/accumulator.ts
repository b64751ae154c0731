import type { ChunkChoice, CompletionChunk, ToolCallDelta } from './chunk';
import type { AssistantMessage, Choice, Completion, ToolCall } from './completion';
import type { Usage } from './usage';

/** Puts the chunks of one answer together again. */
export interface Accumulator {
  /** The next chunk, in order. O(length of the chunk). */
  readonly add: (chunk: CompletionChunk) => void;
  /** The text of the first choice so far. */
  readonly text: () => string;
  /** Whether there are choices, and each has come to its end. */
  readonly isFinished: () => boolean;
  /** The answer as it would have come in one piece; `undefined` as long as no choice has begun. `raw` is `undefined`: it had no body. */
  readonly completion: () => Completion | undefined;
}

export function accumulator(): Accumulator {
  const choices: Draft[] = [];
  let [id, created, model] = ['', 0, ''];
  let usage: Usage | undefined;
  const draftOf = (index: number): Draft => {
    const known = choices.find((one) => one.index === index);
    if (known !== undefined) return known;
    const draft = emptyDraft(index);
    choices.push(draft);
    return draft;
  };

  return {
    add: (chunk) => {
      if (id === '') id = chunk.id;
      if (created === 0) created = chunk.created;
      if (model === '') model = chunk.model;
      usage = chunk.usage ?? usage;
      for (const choice of chunk.choices) write(draftOf(choice.index), choice);
    },
    text: () => choices.reduce((lowest, one) => (one.index < lowest.index ? one : lowest), none).content ?? '',
    isFinished: () => choices.length > 0 && choices.every(({ finishReason }) => finishReason !== ''),
    completion: () => {
      const [first, ...rest] = choices.sort((a, b) => a.index - b.index).map(toChoice);
      return first === undefined
        ? undefined
        : { id, created, model, choices: [first, ...rest], ...(usage === undefined ? {} : { usage }), raw: undefined };
    },
  };
}

/** One choice in the making. */
interface Draft {
  readonly index: number;
  content: string | null;
  refusal: string;
  reasoning: string;
  finishReason: string;
  readonly calls: CallDraft[];
  logprobs: Record<string, unknown> | undefined;
}

interface CallDraft {
  readonly index: number;
  id: string;
  name: string;
  arguments: string;
  extra: unknown;
}

function emptyDraft(index: number): Draft {
  return { index, content: null, refusal: '', reasoning: '', finishReason: '', calls: [], logprobs: undefined };
}

const none: Draft = emptyDraft(Infinity);

function write(draft: Draft, { delta, finish_reason: finishReason, logprobs }: ChunkChoice): void {
  const { content, refusal, reasoning, tool_calls: calls } = delta;
  if (typeof content === 'string') draft.content = (draft.content ?? '') + content;
  if (typeof refusal === 'string') draft.refusal += refusal;
  if (reasoning !== undefined) draft.reasoning += reasoning;
  if (calls !== undefined) for (const call of calls) writeCall(draft.calls, call);
  if (typeof finishReason === 'string') draft.finishReason = finishReason;
  if (typeof logprobs === 'object' && logprobs !== null) writeLogprobs(draft, logprobs);
}

function writeCall(calls: CallDraft[], { index, id, function: piece, extra_content: extra }: ToolCallDelta): void {
  const known = calls.find((one) => one.index === index);
  const call = known ?? { index, id: '', name: '', arguments: '', extra: undefined };
  if (known === undefined) calls.push(call);
  if (id !== undefined && call.id === '') call.id = id;
  if (piece?.name !== undefined) call.name += piece.name;
  if (piece?.arguments !== undefined) call.arguments += piece.arguments;
  if (extra !== undefined) call.extra = extra;
}

/** OpenAI's log probabilities are lists, of which each chunk has a few entries: added in place, for a copy each time would be quadratic. */
function writeLogprobs(draft: Draft, added: object): void {
  const lists = (draft.logprobs ??= {});
  for (const [name, list] of Object.entries(added) as [string, unknown][]) {
    const known = lists[name];
    if (!Array.isArray(list)) lists[name] = list ?? known ?? null;
    else if (Array.isArray(known)) for (const entry of list as unknown[]) known.push(entry);
    else lists[name] = [...(list as unknown[])];
  }
}

function toChoice({ index, finishReason, logprobs, ...said }: Draft): Choice {
  const message = toMessage(said);
  return {
    index,
    message,
    finish_reason: finishReason !== '' ? finishReason : message.tool_calls === undefined ? 'stop' : 'tool_calls',
    ...(logprobs === undefined ? {} : { logprobs }),
  };
}

function toMessage({
  content,
  refusal,
  reasoning,
  calls,
}: Omit<Draft, 'index' | 'finishReason' | 'logprobs'>): AssistantMessage {
  return {
    role: 'assistant',
    content,
    ...(refusal === '' ? {} : { refusal }),
    ...(reasoning === '' ? {} : { reasoning }),
    ...(calls.length === 0 ? {} : { tool_calls: calls.sort((a, b) => a.index - b.index).map(toToolCall) }),
  };
}

function toToolCall({ id, name, arguments: given, extra }: CallDraft, place: number): ToolCall {
  return {
    id: id === '' ? `call_${String(place)}` : id,
    type: 'function',
    function: { name, arguments: given },
    ...(extra === undefined ? {} : { extra_content: extra }),
  };
}
