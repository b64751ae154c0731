import type { AnthropicBlock, AnthropicMessage } from './anthropic-message';
import { serverSentEvent } from './server-sent-event';
import { tokenPieces } from './token-pieces';
import type { StreamedReply, StreamPart } from './wire-format';

/** A whole message as Anthropic streams it: block after block. `failure` is the body of an error. */
export function anthropicStream(message: AnthropicMessage, requestId: string, failure: string): StreamedReply {
  const { content, stop_reason, stop_sequence, usage } = message;
  const opened = { ...message, content: [], stop_reason: null, usage: { ...usage, output_tokens: 1 } };
  return {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
      'request-id': requestId,
    },
    parts: [
      event('message_start', { message: opened }),
      ...content.flatMap((block, index) => [
        event('content_block_start', { index, content_block: emptied(block) }),
        ...(index === 0 ? [event('ping', {})] : []),
        ...deltasOf(block).map(([delta, said]) => event('content_block_delta', { index, delta }, said)),
        event('content_block_stop', { index }),
      ]),
      event('message_delta', {
        delta: { stop_reason, stop_sequence },
        usage: { output_tokens: usage['output_tokens'] },
      }),
      event('message_stop', {}),
    ],
    failure: `event: error\ndata: ${failure}\n\n`,
  };
}

function event(type: string, more: object, said?: string): StreamPart {
  return serverSentEvent({ type, ...more }, said, type);
}

function emptied(block: AnthropicBlock): AnthropicBlock {
  switch (block.type) {
    case 'text':
      return { ...block, text: '' };
    case 'thinking':
      return { ...block, thinking: '', signature: '' };
    case 'tool_use':
      return { ...block, input: {} };
  }
}

function deltasOf(block: AnthropicBlock): readonly (readonly [delta: object, said: string])[] {
  switch (block.type) {
    case 'text':
      return tokenPieces(block.text).map((text) => [{ type: 'text_delta', text }, text]);
    case 'thinking':
      return [
        ...tokenPieces(block.thinking).map((piece) => [{ type: 'thinking_delta', thinking: piece }, piece] as const),
        [{ type: 'signature_delta', signature: block.signature }, ''],
      ];
    case 'tool_use':
      return ['', ...tokenPieces(JSON.stringify(block.input))].map((piece) => [
        { type: 'input_json_delta', partial_json: piece },
        piece,
      ]);
  }
}
