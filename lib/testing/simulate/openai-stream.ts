import type { ChatCompletionBody } from '../chat-completion';
import type { Answer } from './answer';
import { refuseOpenAI } from './openai-refusal';
import { serverSentEvent } from './server-sent-event';
import { tokenPieces } from './token-pieces';
import type { StreamedReply, StreamPart } from './wire-format';

/** What one chunk adds, and the text of the answer in it. */
interface Delta {
  readonly delta: Readonly<Record<string, unknown>>;
  readonly said: string;
}

/** A whole completion as OpenAI streams it: its choices side by side, a chunk each in turn; then the usage, if it was asked for. */
export function openAIStream(
  { object: _, choices, usage, ...marks }: ChatCompletionBody,
  answers: readonly Answer[],
  withUsage: boolean,
): StreamedReply {
  const chunk = (more: object, said?: string): StreamPart =>
    serverSentEvent({ ...marks, object: 'chat.completion.chunk', ...(withUsage && { usage: null }), ...more }, said);
  const choice = (index: number, delta: object, finish_reason: string | null, said?: string): StreamPart =>
    chunk({ choices: [{ index, delta, logprobs: null, finish_reason }] }, said);
  const deltas = answers.map(({ text, thought }, index) => deltasOf(thought, text, toolCallsOf(choices[index])));
  const turns = Array.from({ length: Math.max(...deltas.map(({ length }) => length)) }, (_each, turn) => turn);
  return {
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
    parts: [
      ...choices.map(({ index, message: { content } }) =>
        choice(index, { role: 'assistant', content: content === null ? null : '', refusal: null }, null),
      ),
      ...turns.flatMap((turn) =>
        deltas.flatMap((own, index) =>
          own.slice(turn, turn + 1).map(({ delta, said }) => choice(index, delta, null, said)),
        ),
      ),
      ...choices.map(({ index, finish_reason }) => choice(index, {}, finish_reason)),
      ...(withUsage ? [chunk({ choices: [], usage })] : []),
      { text: 'data: [DONE]\n\n', tokens: 0 },
    ],
    failure: `data: ${refuseOpenAI({ status: 500 }).body}\n\n`,
  };
}

interface ToolCall {
  readonly id: string;
  readonly function: { readonly name: string; readonly arguments: string };
}

function toolCallsOf(choice: ChatCompletionBody['choices'][number] | undefined): readonly ToolCall[] {
  return (choice?.message['tool_calls'] ?? []) as readonly ToolCall[]; // written by ourselves
}

function deltasOf(thought: string, text: string, calls: readonly ToolCall[]): readonly Delta[] {
  return [
    ...tokenPieces(thought).map((said) => ({ delta: { reasoning_content: said }, said })),
    ...tokenPieces(text).map((said) => ({ delta: { content: said }, said })),
    ...calls.flatMap(({ id, function: { name, arguments: json } }, index) => [
      { delta: { tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] }, said: name },
      ...tokenPieces(json).map((said) => ({ delta: { tool_calls: [{ index, function: { arguments: said } }] }, said })),
    ]),
  ];
}
