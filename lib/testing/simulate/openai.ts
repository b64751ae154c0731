import * as E from 'fp-ts/Either';
import { chatCompletion } from '../chat-completion';
import type { Answer } from './answer';
import { readOpenAIRequest, type OpenAIRequest } from './openai-request';
import { refuseOpenAI } from './openai-refusal';
import { openAIStream } from './openai-stream';
import type { Arrived, HttpReply, Marks, Reading, StreamedReply, WireFormat } from './wire-format';

/** OpenAI's chat completions and its list of models. It owns every path, so that an unknown one gets its 404. */
export const openAIFormat: WireFormat = {
  owns: () => true,
  keyOf: ({ headers }) => /^Bearer (.+)$/i.exec(String(headers['authorization'] ?? ''))?.[1],
  read,
  refuse: refuseOpenAI,
};

function read({ method, path, body }: Arrived): Reading {
  switch (`${method} ${path}`) {
    case 'POST /v1/chat/completions': {
      const decoded = readOpenAIRequest(body);
      if (E.isLeft(decoded))
        return { kind: 'reply', reply: { status: 400, body: JSON.stringify({ error: decoded.left }) } };
      const request = decoded.right;
      return {
        kind: 'question',
        question: request.question,
        write: (answers, marks) => write(request, answers, marks),
      };
    }
    case 'GET /v1/models':
      return { kind: 'reply', reply: ok({ object: 'list', data: [model] }) };
    default:
      return { kind: 'reply', reply: refuseOpenAI({ status: 404, address: `${method} ${path}` }) };
  }
}

function write(
  { question, stream }: OpenAIRequest,
  answers: readonly Answer[],
  { id, created }: Marks,
): HttpReply | StreamedReply {
  const completion = chatCompletion({
    id: `chatcmpl-simulated-${id}`,
    created,
    model: question.model,
    choices: answers.map(({ text, finish, calls, thought }, choice) => ({
      text,
      finish: finish === 'calls' ? 'tool_calls' : finish,
      calls: calls.map(({ name, json }, at) => ({
        id: `call_simulated_${id}_${String(choice)}_${String(at)}`,
        name,
        json,
      })),
      thought,
    })),
    promptTokens: question.promptTokens,
  });
  return stream === undefined ? ok(completion) : openAIStream(completion, answers, stream.withUsage);
}

const model = { id: 'simulated', object: 'model', created: 0, owned_by: 'rx-fanout (simulated)' };

function ok(body: unknown): HttpReply {
  return { status: 200, body: JSON.stringify(body) };
}
