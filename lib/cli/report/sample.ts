/** So many of all that is added, each with the same chance (Vitter's algorithm R). */
export interface Sample<T> {
  readonly add: (item: T) => void;
  readonly items: () => readonly T[];
}

/** @param random numbers in [0, 1) */
export function sample<T>(most: number, random: () => number): Sample<T> {
  const items: T[] = [];
  let seen = 0;
  return {
    add: (item) => {
      seen += 1;
      if (items.length < most) items.push(item);
      else {
        const place = Math.floor(random() * seen);
        if (place < most) items[place] = item;
      }
    },
    items: () => items,
  };
}
