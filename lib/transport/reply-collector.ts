import type { IncomingHttpHeaders } from 'node:http';
import type { Transform } from 'node:stream';
import type { Dispatcher } from 'undici';
import { decoderOf } from './decoder';

/** A reply as it came, its body decompressed. */
export interface RawReply {
  readonly status: number;
  readonly statusText: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface CollectorOptions {
  /** Of the body, after decompression. */
  readonly maxBytes: number;
  readonly decompress: boolean;
  /** It is over, in whatever way. */
  readonly ended: () => void;
  readonly done: (reply: RawReply) => void;
  readonly failed: (error: Error) => void;
  /** The body is over `maxBytes`; its socket has been destroyed. */
  readonly tooLarge: () => void;
}

export interface Collector {
  readonly handler: Dispatcher.DispatchHandler;
  /** Destroys the socket and calls nothing. False when the request has no socket yet: it will be destroyed when it gets one. */
  readonly abort: () => boolean;
}

/** Enough of an error page to tell what it is; a server that goes on sending one costs its socket. */
const errorBytes = 64 * 1024;

/**
 * Gathers one reply from undici, without making it a stream first. Exactly one of `done`, `failed`, `tooLarge` is called, unless aborted.
 * Of a reply that is no success the first 64 KiB are taken; if there is more, its socket is destroyed.
 */
export function replyCollector({ maxBytes, decompress, ended, done, failed, tooLarge }: CollectorOptions): Collector {
  let controller: Dispatcher.DispatchController | undefined;
  let head: Omit<RawReply, 'body'> = { status: 0, statusText: '', headers: {} };
  let decoder: Transform | undefined;
  let chunks: Buffer[] = [];
  let size = 0;
  let begun = false;
  let isOver = false;

  const end = (settle: () => void, { destroy }: { readonly destroy: boolean }): void => {
    if (isOver) return;
    isOver = true;
    ended();
    if (destroy) stop();
    decoder?.destroy();
    settle();
    chunks = []; // undici may keep the handler until the socket's next request
  };
  const stop = (): void => controller?.abort(new Error('aborted'));
  const fail = (error: Error): void => {
    end(
      () => {
        failed(error);
      },
      { destroy: true },
    );
  };
  const finish = (options = { destroy: false }): void => {
    end(() => {
      const [first] = chunks;
      done({ ...head, body: first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks) });
    }, options);
  };
  const take = (chunk: Buffer): void => {
    const isError = head.status >= 300;
    const limit = isError ? Math.min(errorBytes, maxBytes) : maxBytes;
    chunks.push(size + chunk.length > limit ? chunk.subarray(0, limit - size) : chunk);
    size += chunk.length;
    if (size <= limit) return;
    if (isError) finish({ destroy: true });
    else end(tooLarge, { destroy: true });
  };
  const begin = (first: Buffer): void => {
    begun = true;
    decoder = decompress ? decoderOf(head.headers['content-encoding'], first) : undefined;
    if (decoder === undefined) return;
    delete head.headers['content-encoding'];
    decoder
      .on('data', take)
      .on('drain', () => controller?.resume())
      .on('end', () => {
        finish();
      })
      .on('error', fail);
  };

  return {
    handler: {
      onRequestStart: (started) => {
        controller = started;
        if (isOver) stop();
      },
      onResponseStart: (_, status, headers, statusText = '') => {
        head = { status, statusText, headers };
      },
      onResponseData: (current, chunk) => {
        if (!begun) begin(chunk);
        if (decoder === undefined) take(chunk);
        else if (!decoder.write(chunk)) current.pause();
      },
      onResponseEnd: () => {
        if (decoder === undefined) finish();
        else decoder.end();
      },
      onResponseError: (_, error) => {
        fail(error);
      },
    },
    abort: () => {
      end(() => undefined, { destroy: true });
      return controller !== undefined;
    },
  };
}
