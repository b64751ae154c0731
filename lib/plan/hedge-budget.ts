/** How many second calls a router may still make: a share of its requests, saved up so that a burst of slow ones is covered. */
export interface HedgeBudget {
  /** A request has begun, and with it `share` of a second call is earned; 0: there shall be none. */
  readonly earn: (share: number) => void;
  /** Whether there is one to spend. */
  readonly suffices: () => boolean;
  readonly spend: () => void;
}

const size = 20;
/** Ten tenths make a little less than one. */
const one = 1 - 1e-9;

/** It starts full. */
export function hedgeBudget(): HedgeBudget {
  let left = size;
  return {
    earn: (share) => {
      left = share === 0 ? 0 : Math.min(size, left + share);
    },
    suffices: () => left >= one,
    spend: () => {
      left -= 1;
    },
  };
}
