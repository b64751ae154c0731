const inputAbove = /^input_cost_per_token_above_(\d{1,6})k_tokens$/;

/** From how many thousand tokens on prompts cost more, by the names of LiteLLM's fields; of several thresholds the lowest. */
export function longPromptThreshold(names: readonly string[]): number | undefined {
  const thousands = names.flatMap((name) => inputAbove.exec(name)?.slice(1).map(Number) ?? []);
  return thousands.length === 0 ? undefined : Math.min(...thousands);
}
