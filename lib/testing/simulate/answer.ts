import { estimateTokens } from '../estimate-tokens';
import { fillSchema } from './fill-schema';
import { prose } from './prose';
import { readSubject } from './subject';

/** What a model is asked, whatever the vendor's words for it. */
export interface Question {
  readonly model: string;
  /** The last user message. */
  readonly prompt: string;
  readonly promptTokens: number;
  /** How many answers. */
  readonly choices: number;
  /** Infinity: no limit. */
  readonly maxTokens: number;
  /** The JSON schema that the answer is to follow; `undefined`: prose is wanted. */
  readonly schema?: unknown;
}

export interface Answer {
  readonly text: string;
  readonly finish: 'stop' | 'length';
  readonly tokens: number;
}

/** A made-up answer in the prompt's own words, cut at `maxTokens`: the same for the same question and numbers. */
export function answer(question: Question, random: () => number): Answer {
  const subject = readSubject(question.prompt, random);
  const whole =
    question.schema === undefined
      ? prose(question.prompt, subject, random)
      : JSON.stringify(fillSchema(question.schema, { subject, random }));
  const text = Number.isFinite(question.maxTokens) ? firstTokens(whole, question.maxTokens) : whole;
  return { text, finish: text.length < whole.length ? 'length' : 'stop', tokens: estimateTokens(text) };
}

/** As many whole characters as fit into so many tokens. */
function firstTokens(text: string, tokens: number): string {
  if (estimateTokens(text) <= tokens) return text;
  const cut = text.slice(0, tokens * 4);
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut; // no half emoji
}
