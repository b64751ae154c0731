/**
 * What a router may spend on retries, so that a dead provider costs one call a request and not three.
 * Sizes as in the AWS SDKs' standard retry mode: 500 tokens, 14 a retry; a success gives back its retry's cost, or 1.
 */
export interface RetryBudget {
  /** Takes a retry's cost; false, and nothing taken, when it is spent. */
  readonly draw: () => boolean;
  /** After a success: `retried` when a retry achieved it. */
  readonly giveBack: (retried: boolean) => void;
  readonly left: () => number;
}

const size = 500;
const cost = 14;

export function retryBudget(): RetryBudget {
  let tokens = size;
  return {
    draw: () => {
      if (tokens < cost) return false;
      tokens -= cost;
      return true;
    },
    giveBack: (retried) => {
      tokens = Math.min(size, tokens + (retried ? cost : 1));
    },
    left: () => tokens,
  };
}
