import type { ObservableInput } from 'rxjs';
import type { FanoutResult } from '../domain/result';

/** What became of a request, as it is written down: its row without what the next run knows itself. JSON, and read from JSON. */
export type Recorded = Omit<FanoutResult<unknown, unknown>, 'request' | 'index'>;

/** One finished request. */
export interface Entry {
  /** What `Journal.key` made of the request. */
  readonly key: string;
  /** How many requests with the same key came before it in its run, from 0. */
  readonly occurrence: number;
  readonly result: Recorded;
  /** The request as it was given; of entries that are to be written. For a journal that was asked to write it. */
  readonly request?: unknown;
  /** Its place in the input of the run that wrote it; likewise. */
  readonly index?: number;
}

/** Where a run writes down what is finished, so that another run can go on from there. `fileJournal` of `rx-fanout/node` is one. */
export interface Journal {
  /** What equal requests have in common: of the body that is sent, and the run's `tag`. The same in every run. */
  readonly key: (request: unknown, tag?: string) => string;
  /**
   * Throws when `append` could not write the request down: that is the request's failure, and nothing is sent of it. For a journal that
   * writes requests.
   */
  readonly check?: ((request: unknown) => void) | undefined;
  /**
   * Every entry there is, later ones in place of earlier ones with the same key and occurrence. Read once at the start of a run, before
   * anything is sent; an error ends the run, and means that nothing was taken that `close` would have to give back.
   */
  readonly load: () => ObservableInput<Entry>;
  /** Writes an entry down. Its completion says that it is there, and only then is the row emitted; an error stops the run from sending. */
  readonly append: (entry: Entry) => ObservableInput<unknown>;
  /**
   * Looks up what `load` has read, for a journal that is larger than memory: what `load` emits is then not kept. `undefined`: the
   * request is to be sent.
   */
  readonly find?: ((key: string, occurrence: number) => Recorded | undefined) | undefined;
  /** The run is over, whichever way: lets go of whatever `load` took. The run completes when this does. */
  readonly close?: (() => ObservableInput<unknown>) | undefined;
}
