import { base64Bytes } from './base64-bytes';

/** A `data:` URL as it is, undecoded. */
export interface DataUrl {
  /** In lower case; `''` when it does not say. */
  readonly mediaType: string;
  /** Where its base64 begins in the URL. */
  readonly start: number;
  /** Of what it holds. */
  readonly bytes: number;
}

/** Before the data of a URL; no media type comes near it. */
const longestHead = 256;

/** What a base64 `data:` URL says of itself; `undefined` for any other address. Only what stands before the data is read. */
export function dataUrl(url: string): DataUrl | undefined {
  const comma = url.slice(0, longestHead).indexOf(',');
  const head = /^data:([^;,]*)(?:;[^;,]*)*;base64$/i.exec(url.slice(0, Math.max(comma, 0)));
  if (head === null) return undefined;
  return {
    mediaType: (head[1] ?? '').toLowerCase(),
    start: comma + 1,
    bytes: base64Bytes(url, comma + 1),
  };
}
