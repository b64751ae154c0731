/** First in, first out. */
export interface Queue<T> {
  readonly size: () => number;
  readonly push: (item: T) => void;
  /** The oldest item, or `undefined` when there is none. */
  readonly shift: () => T | undefined;
  readonly clear: () => void;
}

/**
 * A queue whose `push` and `shift` are O(1) amortised. An array's own `shift` moves all that is left, which makes a
 * backlog of n items cost n²: at 200 000 items that is seconds.
 */
export function createQueue<T>(): Queue<T> {
  let items: (T | undefined)[] = [];
  let head = 0;

  return {
    size: () => items.length - head,
    push: (item) => {
      items.push(item);
    },
    shift: () => {
      const item = items[head];
      if (head < items.length) items[head++] = undefined; // let go of it at once: it may be large
      if (head > 1024 && head * 2 > items.length) {
        items = items.slice(head);
        head = 0;
      }
      return item;
    },
    clear: () => {
      items = [];
      head = 0;
    },
  };
}
