import { getAdapter } from 'axios';
import type { ClosableAdapter } from './closable-adapter';

/** For browsers and workers: axios's own adapter over `fetch`, whose sockets are the browser's. Unlike `xhr` it can refuse a redirect, and stream. */
export function createAdapter(): ClosableAdapter {
  return { adapter: getAdapter('fetch'), close: () => undefined };
}
