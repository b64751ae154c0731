/** Lines to paste. */
export function prompts(count: number): string {
  return Array.from({ length: count }, (_, index) => `Tell me of apples, pears and plums, ${String(index)}`).join('\n');
}
