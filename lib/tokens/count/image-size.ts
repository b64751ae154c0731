import { base64Byte } from './base64-byte';
import { dataUrl } from './data-url';

/** In pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

type Byte = (index: number) => number;

/**
 * The size of the picture in a `data:` URL, from its header: PNG, JPEG, GIF or WebP, whatever type the URL says; `undefined` for any other and
 * for an address. A few bytes are decoded, not the picture.
 */
export function imageSize(url: string): ImageSize | undefined {
  const data = dataUrl(url);
  if (data === undefined) return undefined;
  const size = sizeIn((index) => base64Byte(url, data.start, index));
  return size !== undefined && size.width > 0 && size.height > 0 ? size : undefined;
}

function sizeIn(byte: Byte): ImageSize | undefined {
  if (stands(byte, 0, '\u0089PNG')) return { width: big(byte, 16, 4), height: big(byte, 20, 4) };
  if (stands(byte, 0, 'GIF8')) return { width: little(byte, 6, 2), height: little(byte, 8, 2) };
  if (stands(byte, 0, 'RIFF') && stands(byte, 8, 'WEBP')) return webp(byte);
  return stands(byte, 0, '\u00ff\u00d8\u00ff') ? jpeg(byte) : undefined;
}

/** Of RFC 9649: lossy, lossless, extended. */
function webp(byte: Byte): ImageSize | undefined {
  if (stands(byte, 12, 'VP8 ')) return { width: little(byte, 26, 2) & 0x3fff, height: little(byte, 28, 2) & 0x3fff };
  if (stands(byte, 12, 'VP8X')) return { width: little(byte, 24, 3) + 1, height: little(byte, 27, 3) + 1 };
  if (!stands(byte, 12, 'VP8L')) return undefined;
  const bits = little(byte, 21, 4);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}

/** From segment to segment to the frame header (ITU T.81, B.1.1.3); pictures have some dozens of segments. */
function jpeg(byte: Byte): ImageSize | undefined {
  let at = 2;
  for (let segments = 0; segments < 1000; segments++) {
    const marker = byte(at + 1);
    if (byte(at) !== 0xff || Number.isNaN(marker)) return undefined;
    if (isFrame(marker)) return { width: big(byte, at + 7, 2), height: big(byte, at + 5, 2) };
    at += marker === 0xff ? 1 : 2 + big(byte, at + 2, 2); // a fill byte, or a segment with its length
  }
  return undefined;
}

/** SOF0 to SOF15, among which stand three that are tables. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function stands(byte: Byte, at: number, letters: string): boolean {
  for (let index = 0; index < letters.length; index++) {
    if (byte(at + index) !== letters.charCodeAt(index)) return false;
  }
  return true;
}

function big(byte: Byte, at: number, length: number): number {
  let number = 0;
  for (let index = 0; index < length; index++) number = number * 256 + byte(at + index);
  return number;
}

function little(byte: Byte, at: number, length: number): number {
  let number = 0;
  for (let index = length - 1; index >= 0; index--) number = number * 256 + byte(at + index);
  return number;
}
