import type { Transform } from 'node:stream';
import { createBrotliDecompress, createInflate, createInflateRaw, createGunzip } from 'node:zlib';

/** What `decoderOf` can undo, for the header `accept-encoding`. */
export const encodings = 'gzip, deflate, br';

/** How to decompress a body with this `content-encoding`, given its first piece; nothing when there is no need, or no way (several encodings). */
export function decoderOf(encoding: string | string[] | undefined): ((first: Buffer) => Transform) | undefined {
  switch (String(encoding).toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return () => createGunzip();
    case 'deflate': // some servers leave out the zlib header that the word stands for
      return ([first = 0]) => ((first & 0x0f) === 8 ? createInflate() : createInflateRaw());
    case 'br':
      return () => createBrotliDecompress();
    default:
      return undefined;
  }
}
