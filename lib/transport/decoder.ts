import type { Transform } from 'node:stream';
import { createBrotliDecompress, createInflate, createInflateRaw, createGunzip } from 'node:zlib';

/** What `decoderOf` can undo, for the header `accept-encoding`. */
export const encodings = 'gzip, deflate, br';

/** Decompresses a body with this `content-encoding`; nothing when it is not (or not so) compressed. `first` is its first piece. */
export function decoderOf(encoding: string | undefined, first: Buffer): Transform | undefined {
  switch (encoding?.toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate': // some servers leave out the zlib header that the word stands for
      return ((first[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw();
    case 'br':
      return createBrotliDecompress();
    default:
      return undefined;
  }
}
