/** The generation of a Gemini model; 2 for a name without one (Gemma). */
export function geminiVersion(model: string): number {
  return Number(/gemini-(\d+)/.exec(model)?.[1] ?? 2);
}
