/** What a contender is given to do for one sample. */
export interface Load {
  readonly items: number;
  readonly concurrency: number;
  /** How often, one after the other: short loads are repeated until a clock can tell them apart. */
  readonly repeats: number;
}
