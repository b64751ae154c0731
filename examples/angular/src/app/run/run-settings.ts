import type { Fault } from '../simulation/fault';

/** The simulated providers with these faults, or a server that speaks OpenAI's chat completions. */
export type Target =
  | { readonly kind: 'simulated'; readonly faults: readonly Fault[] }
  | { readonly kind: 'real'; readonly baseURL: string; readonly model: string; readonly apiKey: string };

/** What one press of Run asks for. */
export interface RunSettings {
  readonly prompts: readonly string[];
  /** Requests under way at a time. */
  readonly concurrency: number;
  /** Of whole answers; streams have no order but their own. */
  readonly order: 'completion' | 'input';
  readonly isStreamed: boolean;
  readonly target: Target;
}
