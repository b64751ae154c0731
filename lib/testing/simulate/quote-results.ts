const sentences = [
  'According to the tool: {r}.',
  'The tool says: {r}. That settles it.',
  'I have looked it up: {r}.',
  'Here is what came back: {r}.',
];

/** A sentence that tells what the tools gave, word for word. */
export function quoteResults(results: readonly string[], random: () => number): string {
  const sentence = sentences[Math.floor(random() * sentences.length)] ?? '{r}';
  return sentence.replace('{r}', () => results.join('; '));
}
