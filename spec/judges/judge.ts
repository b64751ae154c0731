import type { Understood } from './understood';

/** What an SDK's own accumulator makes of a stream, and the body that would have said the same in one piece. */
export interface Heard {
  readonly heard: Understood;
  readonly body: unknown;
}

/** A vendor's official SDK, asked in the vendor's own words. */
export interface Judge<Ask> {
  readonly whole: (url: string, ask: Ask) => Promise<Understood>;
  readonly streamed: (url: string, ask: Ask) => Promise<Heard>;
}
