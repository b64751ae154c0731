/** What a wish for reasoning becomes. */
interface AnthropicThinking {
  readonly thinking?: Readonly<Record<string, unknown>>;
  readonly effort?: string;
  /** Tokens that are to be left for it, beside those of the answer. */
  readonly tokens: number;
}

/** LiteLLM's budgets, doubled on for the two levels that it does not have. */
const budgets: ReadonlyMap<string, number> = new Map([
  ['minimal', 1024],
  ['low', 1024],
  ['medium', 2048],
  ['high', 4096],
  ['xhigh', 8192],
  ['max', 16_384],
]);

/**
 * Claude up to 4.5 thinks within a budget, and refuses `adaptive`; later models are the other way round (4.6 takes
 * both). The old ones are the list that no longer grows, so it is they that are told by name.
 */
const budgeted =
  /claude-(?:instant|[23]\b|(?:opus|sonnet|haiku)-4(?:[-.](?:[0-5](?!\d)|\d{8}))?(?![-.]\d{1,2}(?!\d)))/i;

/** `reasoning_effort` as this model takes it; `undefined` for a level that is none. */
export function anthropicThinking(effort: string, model: string): AnthropicThinking | undefined {
  const old = budgeted.test(model);
  if (effort === 'none') return { ...(old ? {} : { thinking: { type: 'disabled' } }), tokens: 0 };
  const tokens = budgets.get(effort);
  if (tokens === undefined) return undefined;
  if (old) return { thinking: { type: 'enabled', budget_tokens: tokens }, tokens };
  return { thinking: { type: 'adaptive' }, effort: effort === 'minimal' ? 'low' : effort, tokens };
}
