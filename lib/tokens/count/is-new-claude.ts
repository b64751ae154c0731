/**
 * Whether a Claude model is 4.7 or later, which have another tokenizer and see larger pictures (Anthropic, "Pricing", "Vision"). A name
 * without a version that can be read is taken for a new one, as models to come are.
 */
export function isNewClaude(model: string): boolean {
  const version = /claude-(?:[a-z]+-)?(\d+)(?:[-.](\d{1,2})(?!\d))?/.exec(model); // claude-opus-4-8, claude-3-5-sonnet, claude-sonnet-4-20250514
  if (version === null) return !/claude-(?:instant|v\d)/.test(model);
  const [major, minor] = [Number(version[1]), Number(version[2] ?? 0)];
  return major > 4 || (major === 4 && minor >= 7);
}
