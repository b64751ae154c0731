import type { AxiosAdapter, InternalAxiosRequestConfig } from 'axios';
import type { SendInto } from './reply-sink';

/** An axios adapter with sockets of its own. */
export interface ClosableAdapter {
  readonly adapter: AxiosAdapter;
  /** How to read a reply as it comes without axios; nothing for a call that it would make in another way. */
  readonly send?: (config: InternalAxiosRequestConfig) => SendInto | undefined;
  /** Closes idle sockets, and those in use when their call ends; later calls open new ones. */
  readonly close: () => void;
}
