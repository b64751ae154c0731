/** One simulated provider, as its server describes it. */
export interface SimulatedProvider {
  readonly id: string;
  readonly baseURL: string;
}
