/** How often each key was counted before. It remembers the `size` keys that were first seen last, so its memory is bounded. */
export function countRepeats(size: number): (key: number) => number {
  const seen = new Map<number, number>();
  return (key) => {
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    if (seen.size > size) {
      for (const oldest of seen.keys()) {
        seen.delete(oldest);
        break;
      }
    }
    return before;
  };
}
