import type { Readable } from 'node:stream';
import { nodeBody } from './node-body';
import type { ReplySink, Valve } from './reply-sink';
import { webBody } from './web-body';

/** The body of an axios response, not read yet. */
export interface ResponseBody {
  readonly valve: Valve;
  readonly start: (sink: Pick<ReplySink, 'data' | 'end' | 'failed'>) => void;
  /** Gives up what is still to come, started or not. */
  readonly destroy: () => void;
}

/** The body in the `data` of an axios response: a stream of Node's or of the web's. Nothing when it is neither, and so whole. */
export function responseBody(data: unknown): ResponseBody | undefined {
  if (isNodeStream(data)) return nodeBody(data);
  return isWebStream(data) ? webBody(data) : undefined;
}

function isNodeStream(data: unknown): data is Readable {
  return has(data, 'on') && has(data, 'pause') && has(data, 'destroy');
}

function isWebStream(data: unknown): data is ReadableStream<Uint8Array> {
  return has(data, 'getReader') && has(data, 'cancel');
}

function has(data: unknown, method: string): boolean {
  return typeof data === 'object' && data !== null && typeof Reflect.get(data, method) === 'function';
}
