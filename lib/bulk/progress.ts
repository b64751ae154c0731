/** How far a run is. */
export interface Progress {
  /** Requests in all; absent when the input does not know. */
  readonly total?: number;
  /** Requests taken from the input: `done` and `inFlight` together. */
  readonly taken: number;
  /** Requests whose row is there, the failed ones among them. */
  readonly done: number;
  readonly failed: number;
  /** Of those done: taken from a journal. They count in no rate, and their tokens and cost in nothing here. */
  readonly restored: number;
  readonly inFlight: number;
  /** Of those in flight: waiting for a deployment, a limit or a back-off. */
  readonly waiting: number;
  /** Retries made so far. */
  readonly retries: number;
  /** Tokens used, of the rows that say so. */
  readonly tokens: number;
  /** USD, of the rows whose cost is known. */
  readonly cost: number;
  /** Rows a second, over about the last ten seconds. */
  readonly perSecond: number;
  /** Time left at that rate (ms); absent when there is no telling: no total, no row in ten seconds, or not watched for a second yet. */
  readonly etaMs?: number;
}
