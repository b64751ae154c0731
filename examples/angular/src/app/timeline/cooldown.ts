/** A time in which a deployment is left alone (ms since the epoch). */
export interface Cooldown {
  readonly deployment: string;
  readonly from: number;
  until: number;
}
