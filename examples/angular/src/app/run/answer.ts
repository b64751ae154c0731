/** What is shown of one request. */
export interface Answer {
  /** The request's place in the input, from 0. */
  readonly index: number;
  readonly prompt: string;
  readonly state: 'streaming' | 'answered' | 'failed' | 'cancelled';
  /** Of a stream: as much as has come. */
  readonly text: string;
  /** Id of the deployment that answered. */
  readonly deployment?: string;
  /** Calls made for it. */
  readonly calls: number;
  readonly elapsedMs?: number;
  readonly tokens?: number;
  /** Why it failed. */
  readonly problem?: string;
}
