/** What one load cost, for all its items. */
export interface Sample {
  readonly wallMs: number;
  /** Of the contender's process: user and system. */
  readonly cpuMs: number;
}
