import { errorBytes } from './error-bytes';
import { replyReader, type ReplyHead, type ReplyReader } from './reply-reader';

/** A reply as it came, its body decompressed. */
export interface RawReply extends ReplyHead {
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

/**
 * Gathers one reply from undici. Exactly one of `done`, `failed`, `tooLarge` is called, unless aborted.
 * Of a reply that is no success the first 64 KiB are taken; if there is more, its socket is destroyed.
 */
export function replyCollector(options: CollectorOptions): Pick<ReplyReader, 'handler' | 'abort'> {
  const { maxBytes, decompress, ended, done, failed, tooLarge } = options;
  let head: ReplyHead = { status: 0, statusText: '', headers: {} };
  let limit = maxBytes;
  let chunks: Buffer[] = [];
  let size = 0;

  const settled = (settle: () => void): void => {
    ended();
    settle();
    chunks = []; // undici may keep the handler until the socket's next request
  };
  const finish = (): void => {
    settled(() => {
      const [first] = chunks;
      done({ ...head, body: first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks) });
    });
  };
  const { handler, abort } = replyReader({
    decompress,
    head: (given) => {
      head = given;
      if (head.status >= 300) limit = Math.min(errorBytes, maxBytes);
    },
    data: (chunk) => {
      chunks.push(size + chunk.length > limit ? chunk.subarray(0, limit - size) : chunk);
      size += chunk.length;
      if (size <= limit) return;
      abort();
      if (head.status >= 300) finish();
      else settled(tooLarge);
    },
    end: finish,
    failed: (error) => {
      settled(() => {
        failed(error);
      });
    },
  });
  return {
    handler,
    abort: () => {
      ended();
      chunks = [];
      return abort();
    },
  };
}
