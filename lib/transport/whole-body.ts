import type { BodyReader } from './body-reader';
import type { Caps } from './caps';
import { errorBytes } from './error-bytes';
import { parseJson } from './parse-json';
import { tooLarge } from './too-large';
import type { Reply } from './transport';

/** Gathers a body into one reply, under the rules of a call that is no stream: of one that is no success the first 64 KiB are enough. */
export function wholeBody(head: Pick<Reply, 'status' | 'headers'>, caps: Caps): BodyReader {
  const isError = head.status >= 300;
  const limit = isError ? Math.min(errorBytes, caps.bodyBytes) : caps.bodyBytes;
  const pieces: Uint8Array[] = [];
  let size = 0;
  const reply = (): Reply => ({ ...head, body: parseJson(new TextDecoder().decode(joined(pieces, size)), caps) });
  return {
    take: (bytes) => {
      const piece = bytes.length > limit - size ? bytes.subarray(0, limit - size) : bytes;
      pieces.push(piece);
      size += piece.length;
      if (piece.length === bytes.length) return {};
      return isError ? { reply: reply(), isEnough: true } : { problem: tooLarge('the reply', 'bodyBytes', caps) };
    },
    end: reply,
  };
}

function joined(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const all = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
