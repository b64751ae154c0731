/** What the simulated providers have seen since the run began, together. */
export interface ServerStats {
  readonly requests: number;
  readonly inFlight: number;
  /** Requests whose client left before the reply was whole. */
  readonly aborted: number;
}
