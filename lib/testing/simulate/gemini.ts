import * as E from 'fp-ts/Either';
import { geminiError, refuseGemini } from './gemini-refusal';
import { readGeminiRequest } from './gemini-request';
import { geminiResponse } from './gemini-response';
import { geminiStream } from './gemini-stream';
import type { Arrived, Reading, WireFormat } from './wire-format';

const address = /^\/v1(?:beta|alpha)?\/models\/([^/]+):(generateContent|streamGenerateContent)$/;

/** Gemini's `generateContent` and `streamGenerateContent`. */
export const geminiFormat: WireFormat = {
  owns: (path) => /^\/v1(beta|alpha)\//.test(path) || address.test(path),
  keyOf: ({ headers, query }) => {
    const inHeader = headers['x-goog-api-key'];
    return typeof inHeader === 'string' ? inHeader : (new URLSearchParams(query).get('key') ?? undefined);
  },
  read,
  refuse: refuseGemini,
};

function read({ method, path, query, body }: Arrived): Reading {
  const [, name, action] = address.exec(path) ?? [];
  const model = name === undefined ? undefined : decoded(name);
  if (method !== 'POST' || model === undefined) {
    return { kind: 'reply', reply: refuseGemini({ status: 404, address: `${method} ${path}` }) };
  }
  const question = readGeminiRequest(model, body);
  if (E.isLeft(question)) return { kind: 'reply', reply: geminiError(400, question.left) };
  return {
    kind: 'question',
    question: question.right,
    write: (answers, marks) => {
      const response = geminiResponse(question.right, answers, marks);
      if (action === 'generateContent') return { status: 200, body: JSON.stringify(response) };
      const asEvents = new URLSearchParams(query).get('alt') === 'sse';
      return geminiStream(response, asEvents, refuseGemini({ status: 503 }).body);
    },
  };
}

function decoded(name: string): string | undefined {
  try {
    return decodeURIComponent(name);
  } catch {
    return undefined;
  }
}
