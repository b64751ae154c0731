import { isEarlyGemini } from './is-early-gemini';

/** Google's own reading of OpenAI's efforts (tokens): https://ai.google.dev/gemini-api/docs/openai#thinking */
const budgets: ReadonlyMap<string, number> = new Map([
  ['none', 0],
  ['minimal', 1024],
  ['low', 1024],
  ['medium', 8192],
  ['high', 24_576],
  ['xhigh', 24_576],
]);

/** From the third generation on thinking cannot be turned off: `minimal` comes closest. */
const levels: ReadonlyMap<string, string> = new Map([
  ['none', 'minimal'],
  ['minimal', 'minimal'],
  ['low', 'low'],
  ['medium', 'medium'],
  ['high', 'high'],
  ['xhigh', 'high'],
]);

/** How much a model is to think, and that its thoughts are wanted; `undefined` for an effort that Google has nothing like. */
export function geminiThinking(model: string, effort: string): Readonly<Record<string, unknown>> | undefined {
  const includeThoughts = effort === 'none' ? undefined : true;
  if (isEarlyGemini(model)) {
    const thinkingBudget = budgets.get(effort);
    return thinkingBudget === undefined ? undefined : { includeThoughts, thinkingBudget };
  }
  const level = levels.get(effort);
  // the Pro models begin at low
  if (level === undefined) return undefined;
  return { includeThoughts, thinkingLevel: level === 'minimal' && /-pro\b/i.test(model) ? 'low' : level };
}
