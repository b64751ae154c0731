/** A place in a line: lower priority numbers first, then the order of arrival. No two waiters arrive at once. */
export interface Place {
  readonly priority: number;
  readonly arrival: number;
}

/**
 * Who waits for a group, in order. Joining at the end and leaving from the front are O(1); a throttled request that
 * comes back to its first place, and one that gives up, are found in O(log n) and moved for (a `memmove`).
 */
export interface WaitingLine<W extends Place> {
  readonly join: (waiter: W) => void;
  /** False when it was not there. */
  readonly leave: (waiter: W) => boolean;
  /** The waiter at a place from the front, from 0. */
  readonly at: (place: number) => W | undefined;
  readonly size: () => number;
}

export function waitingLine<W extends Place>(): WaitingLine<W> {
  const line: W[] = [];
  let head = 0;

  const placeOf = (waiter: W): number => {
    let [low, high] = [head, line.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBefore(line[middle], waiter)) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    join: (waiter) => {
      const place = isBefore(line.at(-1), waiter) ? line.length : placeOf(waiter);
      line.splice(place, 0, waiter);
    },
    leave: (waiter) => {
      const place = line[head] === waiter ? head : placeOf(waiter);
      if (line[place] !== waiter) return false;
      if (place > head) {
        line.splice(place, 1);
        return true;
      }
      head += 1;
      if (head * 2 > line.length) {
        line.splice(0, head);
        head = 0;
      }
      return true;
    },
    at: (place) => line[head + place],
    size: () => line.length - head,
  };
}

/** Whether the first is served first; nobody is before anybody. */
export function isBefore(a: Place | undefined, b: Place): boolean {
  return a !== undefined && (a.priority < b.priority || (a.priority === b.priority && a.arrival < b.arrival));
}
