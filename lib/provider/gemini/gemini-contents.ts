import { UnknownRecord } from 'io-ts';
import type { Message } from '../../domain/request';
import { filled } from '../filled';
import { geminiPart, type GeminiPart } from './gemini-part';

interface Turn {
  readonly role: 'user' | 'model';
  readonly parts: GeminiPart[];
}

/** A conversation as Google has it. */
export interface GeminiContents {
  readonly systemInstruction?: { readonly parts: readonly GeminiPart[] };
  readonly contents: readonly { readonly role: 'user' | 'model'; readonly parts: readonly GeminiPart[] }[];
  /** What could not be said, by its place: `messages[2].content[0]`. It is left out. */
  readonly unsupported: readonly string[];
}

/** Google's own stand-in for a signature that is not known: the call was made by another model. */
const unsigned = 'skip_thought_signature_validator';

/**
 * System and developer messages become the system instruction, wherever they stand. Messages of one role in a row are one turn;
 * results of tools have a turn of their own, which Google wants right behind the calls.
 *
 * @param signed whether the model wants its function calls back with the signatures of its thoughts (Gemini 3 and later)
 */
export function geminiContents(messages: readonly Message[], signed: boolean): GeminiContents {
  const system: GeminiPart[] = [];
  const turns: Turn[] = [];
  const unsupported: string[] = [];
  const called = new Map<string, string>();
  let last: string | undefined;

  const say = (role: 'user' | 'model', kind: string, parts: readonly GeminiPart[]) => {
    if (parts.length === 0) return;
    if (kind === last) turns.at(-1)?.parts.push(...parts);
    else turns.push({ role, parts: [...parts] });
    last = kind;
  };

  messages.forEach((message, i) => {
    const place = `messages[${String(i)}]`;
    const read = partsOf(message, place);
    unsupported.push(...read.unsupported);
    if (message.role === 'tool') {
      const name = called.get(message.tool_call_id ?? '') ?? filled(message.name);
      if (name === undefined) unsupported.push(`${place}.tool_call_id`);
      else say('user', 'tool', [result(name, message.tool_call_id, read.parts)]);
      return;
    }
    if (filled(message.name) !== undefined) unsupported.push(`${place}.name`);
    if (message.role === 'assistant') {
      const calls = callsOf(message, place, signed);
      unsupported.push(...calls.unsupported);
      for (const call of message.tool_calls ?? []) called.set(call.id, call.function.name);
      say('model', 'model', [...read.parts, ...calls.parts]);
    } else if (message.role === 'user') say('user', 'user', read.parts);
    else system.push(...read.parts);
  });
  return { ...(system.length === 0 ? {} : { systemInstruction: { parts: system } }), contents: turns, unsupported };
}

interface Read {
  readonly parts: readonly GeminiPart[];
  readonly unsupported: readonly string[];
}

/** Google refuses empty texts, so they are left out, but for a user who says nothing else. Only users and models can show what is no text. */
function partsOf({ role, content }: Message, place: string): Read {
  const given = typeof content === 'string' ? [{ type: 'text' as const, text: content }] : (content ?? []);
  const parts: GeminiPart[] = [];
  const unsupported: string[] = [];
  given.forEach((one, i) => {
    const part = geminiPart(one);
    const fits = part !== undefined && (role === 'user' || role === 'assistant' || 'text' in part);
    if (fits) parts.push(part);
    else unsupported.push(`${place}.content[${String(i)}]`);
  });
  const telling = parts.filter(({ text }) => text !== '');
  return { parts: telling.length === 0 && role === 'user' ? parts.slice(0, 1) : telling, unsupported };
}

function callsOf({ tool_calls: calls = [] }: Message, place: string, signed: boolean): Read {
  const unsupported: string[] = [];
  const anySignature = calls.some((call) => signatureOf(call) !== undefined);
  const parts = calls.map((call, i): GeminiPart => {
    const { name, arguments: text } = call.function;
    const args = text.trim() === '' ? {} : objectIn(text);
    if (args === undefined) unsupported.push(`${place}.tool_calls[${String(i)}].function.arguments`);
    // of calls made at once only the first is signed
    const signature = signatureOf(call) ?? (signed && i === 0 && !anySignature ? unsigned : undefined);
    const functionCall = { id: call.id, name, args: args ?? {} };
    return { functionCall, ...(signature === undefined ? {} : { thoughtSignature: signature }) };
  });
  return { parts, unsupported };
}

function signatureOf(call: { readonly extra_content?: unknown }): string | undefined {
  const google = UnknownRecord.is(call.extra_content) ? call.extra_content['google'] : undefined;
  return UnknownRecord.is(google) ? filled(google['thought_signature']) : undefined;
}

/** A result must be an object; Google takes `output` for what a function gave. */
function result(name: string, id: string | undefined, parts: readonly GeminiPart[]): GeminiPart {
  const text = parts.map((part) => String(part['text'])).join('');
  return {
    functionResponse: { ...(id === undefined ? {} : { id }), name, response: objectIn(text) ?? { output: text } },
  };
}

function objectIn(json: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return UnknownRecord.is(value) && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
