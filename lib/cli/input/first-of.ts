/** The first so many of a source, which is let go of after the last of them. */
export function firstOf<T>(most: number, source: AsyncIterable<T>): AsyncIterable<T> {
  if (most === Infinity) return source;
  return { [Symbol.asyncIterator]: () => taken(most, source) };
}

async function* taken<T>(most: number, source: AsyncIterable<T>): AsyncGenerator<T, void> {
  let count = 0;
  for await (const item of source) {
    yield item;
    if (++count >= most) return;
  }
}
