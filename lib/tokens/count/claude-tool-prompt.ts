/** Tokens of the system prompt that comes with tools, by what may be chosen: `auto` and `none`, or `any` and a named tool. */
type Tokens = readonly [auto: number, any: number];

/** By the model's name, whose parts may stand either way round (claude-3-5-sonnet, claude-opus-4-8); the first that fits. */
const table: readonly (readonly [RegExp, Tokens])[] = [
  [/opus-4[-.]8/, [290, 410]],
  [/opus-4[-.]7/, [675, 804]],
  [/(?:opus|sonnet)-4[-.]6/, [497, 589]],
  [/(?:opus|sonnet|haiku)-4[-.]5/, [496, 588]],
  [/(?:opus|sonnet)-4(?:[-.][01]|-20|[@:]|$)/, [313, 315]],
  [/3[-.][57]-sonnet/, [346, 313]],
  [/3[-.]5-haiku/, [264, 355]],
  [/3-haiku/, [264, 340]],
  [/3-sonnet/, [159, 235]],
  [/3-opus/, [530, 281]],
  [/sonnet/, [354, 474]], // Sonnet 5, and those that come
];

/** Opus 5's, for all that is not in the table. */
const usual: Tokens = [286, 406];

/** The tokens that Anthropic adds when there are tools. Anthropic, "Tool use" (pricing), as of October 2026; the 3.x models as of 2025. */
export function claudeToolPrompt(model: string, mustCall: boolean): number {
  const [auto, any] = table.find(([pattern]) => pattern.test(model))?.[1] ?? usual;
  return mustCall ? any : auto;
}
