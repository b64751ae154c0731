import * as E from 'fp-ts/Either';
import { chatCompletion } from '../chat-completion';
import { readOpenAIRequest } from './openai-request';
import { refuseOpenAI } from './openai-refusal';
import type { Arrived, HttpReply, Reading, WireFormat } from './wire-format';

/** OpenAI's chat completions, not streamed, and its list of models. It owns every path, so that an unknown one gets its 404. */
export const openAIFormat: WireFormat = {
  owns: () => true,
  keyOf: ({ headers }) => /^Bearer (.+)$/i.exec(String(headers['authorization'] ?? ''))?.[1],
  read,
  write: (question, answers, { id, created }) =>
    ok(
      chatCompletion({
        id: `chatcmpl-simulated-${id}`,
        created,
        model: question.model,
        choices: answers,
        promptTokens: question.promptTokens,
      }),
    ),
  refuse: refuseOpenAI,
};

function read({ method, path, body }: Arrived): Reading {
  switch (`${method} ${path}`) {
    case 'POST /v1/chat/completions': {
      const decoded = readOpenAIRequest(body);
      return E.isLeft(decoded)
        ? { kind: 'reply', reply: { status: 400, body: JSON.stringify({ error: decoded.left }) } }
        : { kind: 'question', question: decoded.right };
    }
    case 'GET /v1/models':
      return { kind: 'reply', reply: ok({ object: 'list', data: [model] }) };
    default:
      return { kind: 'reply', reply: refuseOpenAI({ status: 404, address: `${method} ${path}` }) };
  }
}

const model = { id: 'simulated', object: 'model', created: 0, owned_by: 'rx-fanout (simulated)' };

function ok(body: unknown): HttpReply {
  return { status: 200, body: JSON.stringify(body) };
}
