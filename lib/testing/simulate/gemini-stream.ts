import type { GeminiPart, GeminiResponse } from './gemini-response';
import { serverSentEvent } from './server-sent-event';
import { tokenPieces } from './token-pieces';
import type { StreamedReply, StreamPart } from './wire-format';

/** Some of a response, and the text of the answer in it. */
interface Chunk {
  readonly data: object;
  readonly said: string;
}

/**
 * A whole response as Gemini streams it: its candidates side by side, a chunk each in turn, function calls in one piece; then the
 * reasons why they finished. As events, or without `alt=sse` as one JSON array. `failure` is the body of an error.
 */
export function geminiStream(response: GeminiResponse, asEvents: boolean, failure: string): StreamedReply {
  const { candidates, usageMetadata, ...marks } = response;
  const { promptTokenCount } = usageMetadata;
  const sofar = { promptTokenCount, totalTokenCount: promptTokenCount };
  const turns = candidates.map(({ content: { parts } }) => parts.flatMap(pieces));
  const longest = Math.max(...turns.map(({ length }) => length));
  const content = Array.from({ length: longest }, (_, turn) =>
    turns.flatMap((own, index) =>
      own.slice(turn, turn + 1).map(({ part, said }): Chunk => {
        const candidate = { content: { parts: [part], role: 'model' }, index };
        return { data: { candidates: [candidate], usageMetadata: sofar, ...marks }, said };
      }),
    ),
  ).flat();
  const closing = candidates.map(({ finishReason, index }): Chunk => {
    const candidate = { content: { parts: [{ text: '' }], role: 'model' }, finishReason, index };
    return { data: { candidates: [candidate], usageMetadata, ...marks }, said: '' };
  });
  return asEvents ? events([...content, ...closing], failure) : array([...content, ...closing], failure);
}

function pieces(part: GeminiPart): readonly { readonly part: GeminiPart; readonly said: string }[] {
  if ('functionCall' in part) return [{ part, said: JSON.stringify(part.functionCall) }];
  return tokenPieces(part.text).map((text) => ({ part: { ...part, text }, said: text }));
}

function events(chunks: readonly Chunk[], failure: string): StreamedReply {
  return {
    headers: { 'content-type': 'text/event-stream' },
    parts: chunks.map(({ data, said }) => {
      const { text, tokens } = serverSentEvent(data, said);
      return { text: text.replaceAll('\n', '\r\n'), tokens }; // as theirs are
    }),
    failure: `data: ${failure}\r\n\r\n`,
  };
}

function array(chunks: readonly Chunk[], failure: string): StreamedReply {
  return {
    headers: { 'content-type': 'application/json; charset=UTF-8' },
    parts: [
      ...chunks.map(({ data, said }, at): StreamPart => ({
        text: `${at === 0 ? '[' : ',\n'}${JSON.stringify(data)}`,
        tokens: said.length / 4,
      })),
      { text: '\n]\n', tokens: 0 },
    ],
    failure: `,\n${failure}\n]\n`,
  };
}
