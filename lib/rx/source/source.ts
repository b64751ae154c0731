import type { Observable } from 'rxjs';

/** What a lane hands to a source when it asks for an item. Exactly one of the three is called, now or later, once for each `take`. */
export interface Taker<T> {
  /** @param waitedMs how long the item had lain in the source, ready to be taken */
  readonly next: (item: T, index: number, waitedMs: number) => void;
  /** There is no further item. */
  readonly end: () => void;
  readonly error: (reason: unknown) => void;
}

/**
 * An input that is pulled: it gives an item when a lane asks for one, and not before.
 * It calls back instead of returning a promise or an Observable, so that a plain iterable costs no allocation an item.
 */
export interface Source<T> {
  /** How many items there are in all; `undefined` when the input does not know. */
  readonly total: () => number | undefined;
  /** Whether it is already known that nothing more will be given. */
  readonly exhausted: () => boolean;
  readonly take: (taker: Taker<T>) => void;
  /** From now on nothing new is given: lanes that wait are told the end. */
  readonly stop: () => void;
  /** Lets go of the input (an iterator's `return()`). May be called twice, never throws. */
  readonly close: () => void;
  /** Of an input that comes by itself: fills the source while subscribed; errors when the input does, completes when it has ended. */
  readonly feed$: Observable<never> | undefined;
}
