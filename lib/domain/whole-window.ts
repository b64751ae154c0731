/** By `max_input_tokens` LiteLLM means the whole window; but of these of OpenAI's only what the longest answer leaves for a prompt. */
const dividedWindows = new Set([128_000, 400_000, 1_050_000]);

/**
 * The longest conversation, answer included, of what LiteLLM says of a model (tokens).
 *
 * @param prompt its `max_input_tokens`
 * @param answer its `max_output_tokens`
 */
export function wholeWindow(prompt: number | undefined, answer: number | undefined): number | undefined {
  if (prompt === undefined || answer === undefined || answer >= prompt) return prompt;
  return dividedWindows.has(prompt + answer) ? prompt + answer : prompt;
}
