import type { AxiosAdapter } from 'axios';

/** An axios adapter with sockets of its own. */
export interface ClosableAdapter {
  readonly adapter: AxiosAdapter;
  /** Closes idle sockets, and those in use when their call ends; later calls open new ones. */
  readonly close: () => void;
}
