import { estimateTokens } from '../estimate-tokens';
import { chooseCalls, type Tool, type ToolUse } from './choose-calls';
import { fillSchema } from './fill-schema';
import { prose } from './prose';
import { quoteResults } from './quote-results';
import { readSubject, type Subject } from './subject';

/** What a model is asked, whatever the vendor's words for it. */
export interface Question {
  readonly model: string;
  /** The last user message. */
  readonly prompt: string;
  readonly promptTokens: number;
  /** How many answers. */
  readonly choices: number;
  /** Infinity: no limit. Only text is cut, never a tool's arguments. */
  readonly maxTokens: number;
  /** The JSON schema that the answer is to follow; `undefined`: prose is wanted. */
  readonly schema?: unknown;
  /** What may be called; empty when calling is forbidden. */
  readonly tools: readonly Tool[];
  /** How it may be called: if the prompt asks for it, at least one in any case, or at most one. */
  readonly calling: { readonly must: boolean; readonly single: boolean };
  /** What the tools gave, when that is the last thing that was said. */
  readonly results: readonly string[];
  /** Whether the model is to think aloud. */
  readonly thinks: boolean;
}

export interface Answer {
  readonly text: string;
  readonly calls: readonly ToolUse[];
  /** What the model thought; empty when it was not asked to. */
  readonly thought: string;
  readonly finish: 'stop' | 'length' | 'calls';
  /** Of all of it. */
  readonly tokens: number;
}

/** A made-up answer in the prompt's own words, cut at `maxTokens`: the same for the same question and numbers. */
export function answer(question: Question, random: () => number): Answer {
  const subject = readSubject(question.prompt, random);
  const thought = question.thinks ? think(subject) : '';
  const calls = question.results.length > 0 ? [] : chooseCalls(question, subject, random);
  const whole = calls.length > 0 ? '' : say(question, subject, random);
  const text = Number.isFinite(question.maxTokens) ? firstTokens(whole, question.maxTokens) : whole;
  return {
    text,
    calls,
    thought,
    finish: calls.length > 0 ? 'calls' : text.length < whole.length ? 'length' : 'stop',
    tokens: [text, thought, ...calls.map(({ name, json }) => name + json)].reduce(
      (sum, part) => sum + estimateTokens(part),
      0,
    ),
  };
}

function say({ prompt, schema, results }: Question, subject: Subject, random: () => number): string {
  if (schema !== undefined) return JSON.stringify(fillSchema(schema, { subject, random }));
  return results.length > 0 ? quoteResults(results, random) : prose(prompt, subject, random);
}

function think({ words, mood }: Subject): string {
  const about = words.length > 0 ? words.slice(0, 3).join(', ') : 'nothing in particular';
  return `This is about ${about}; the tone is ${mood}. A short answer will do.`;
}

/** As many whole characters as fit into so many tokens. */
function firstTokens(text: string, tokens: number): string {
  if (estimateTokens(text) <= tokens) return text;
  const cut = text.slice(0, tokens * 4);
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut; // no half emoji
}
