/** What axios asks of a `signal`; an `AbortSignal` is one too. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
  /** Without a tag of its own axios takes a signal for plain data, and copies it. */
  readonly [Symbol.toStringTag]: string;
}

/** Ends one request. */
export interface AbortHandle {
  readonly signal: CancelSignal;
  abort(): void;
}

/**
 * An `AbortController` as far as axios's adapters need one: a real one with its listener costs 4 µs and more a request,
 * a twentieth of the whole call, and nearly all of them are never used.
 */
export function abortHandle(): AbortHandle {
  let listeners: (() => void)[] = [];
  let aborted = false;
  const signal: CancelSignal = {
    get aborted() {
      return aborted;
    },
    addEventListener: (_, listener) => void listeners.push(listener),
    removeEventListener: (_, listener) => {
      listeners = listeners.filter((each) => each !== listener);
    },
    [Symbol.toStringTag]: 'AbortSignal',
  };
  return {
    signal,
    abort: () => {
      aborted = true;
      for (const listener of listeners.splice(0)) listener.call(signal); // axios's fetch adapter reads its reason from `this`
    },
  };
}
