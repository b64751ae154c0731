/** When a second call is made for a slow one. */
export interface HedgeRules {
  /** When the first has been silent for so long (ms). */
  readonly afterMs: number;
  /** How many, as a share of all requests. */
  readonly maxExtra: number;
}
