/** One call, as it is drawn: from one moment to another (ms since the epoch) in the lane of its request. */
export interface Bar {
  readonly lane: number;
  readonly index: number;
  readonly deployment: string;
  /** Counts the request's calls from 1. */
  readonly attempt: number;
  readonly from: number;
  /** Absent while it is under way. */
  until?: number;
  end?: 'ok' | 'failed' | 'throttled' | 'aborted';
  /** Why it failed. */
  tag?: string;
}
