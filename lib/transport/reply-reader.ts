import type { IncomingHttpHeaders } from 'node:http';
import type { Transform } from 'node:stream';
import type { Dispatcher } from 'undici';
import { decoderOf } from './decoder';
import type { Valve } from './reply-sink';

/** A reply without its body. */
export interface ReplyHead {
  readonly status: number;
  readonly statusText: string;
  readonly headers: IncomingHttpHeaders;
}

/** Who is told of a reply: `head`, any number of `data`, then `end`; or `failed`, at any time, and nothing after it. */
export interface ReplyReaderOptions {
  readonly decompress: boolean;
  readonly head: (head: ReplyHead) => void;
  /** Some of the body, decompressed. */
  readonly data: (bytes: Buffer) => void;
  readonly end: () => void;
  readonly failed: (error: Error) => void;
}

export interface ReplyReader {
  readonly handler: Dispatcher.DispatchHandler;
  readonly valve: Valve;
  /** Destroys the socket, unless the reply is over, and tells nobody. False when the request has no socket yet: it will be destroyed when it gets one. */
  readonly abort: () => boolean;
}

/** Reads one reply from undici, without making it a stream first. */
export function replyReader({ decompress, head, data, end, failed }: ReplyReaderOptions): ReplyReader {
  let controller: Dispatcher.DispatchController | undefined;
  let makeDecoder: ((first: Buffer) => Transform) | undefined;
  let decoder: Transform | undefined;
  let isPaused = false;
  let isOver = false;

  const over = (tell: () => void): void => {
    if (isOver) return;
    isOver = true;
    tell();
  };
  const destroy = (): void => {
    controller?.abort(new Error('aborted'));
    decoder?.destroy();
  };
  const fail = (error: Error): void => {
    over(() => {
      destroy();
      failed(error);
    });
  };
  const decoded = (bytes: Buffer): void => {
    if (!isOver) data(bytes);
  };
  const begin = (make: (first: Buffer) => Transform, first: Buffer): Transform => {
    const made = make(first);
    if (isPaused) made.pause();
    return made
      .on('data', decoded)
      .on('drain', () => {
        if (!isPaused) controller?.resume();
      })
      .on('end', () => {
        over(end);
      })
      .on('error', fail);
  };

  return {
    handler: {
      onRequestStart: (started) => {
        controller = started;
        if (isOver) destroy();
      },
      onResponseStart: (_, status, headers, statusText = '') => {
        makeDecoder = decompress ? decoderOf(headers['content-encoding']) : undefined;
        if (makeDecoder !== undefined) delete headers['content-encoding'];
        head({ status, statusText, headers });
      },
      onResponseData: (current, bytes) => {
        if (isOver) return;
        if (makeDecoder === undefined) data(bytes);
        else {
          decoder ??= begin(makeDecoder, bytes);
          if (!decoder.write(bytes)) current.pause();
        }
      },
      onResponseEnd: () => {
        if (decoder === undefined) over(end);
        else decoder.end();
      },
      onResponseError: (_, error) => {
        fail(error);
      },
    },
    valve: {
      pause: () => {
        isPaused = true;
        controller?.pause();
        decoder?.pause();
      },
      resume: () => {
        isPaused = false;
        decoder?.resume();
        if (!decoder?.writableNeedDrain) controller?.resume();
      },
    },
    abort: () => {
      over(destroy);
      return controller !== undefined;
    },
  };
}
