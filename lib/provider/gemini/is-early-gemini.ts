/** Whether a model is of Gemini's first two generations: it is given a budget for its thoughts, and signs none of its calls. */
export function isEarlyGemini(model: string): boolean {
  return /(?:^|\/)gemini-(?:[12][.-]|robotics-er-1\.5)/i.test(model);
}
