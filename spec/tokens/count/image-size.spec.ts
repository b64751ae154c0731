import fc from 'fast-check';
import { imageSize } from '../../../lib/tokens/count/image-size';

/** Grey pictures, written by libvips; of the JPEGs what stands before the pixels. */
const pictures: readonly [format: string, width: number, height: number, base64: string][] = [
  [
    'gif',
    77,
    33,
    'R0lGODlhTQAhAIAAAExpcYCAgCH5BAUAAAAALAAAAABNACEAAAIzjI+py+0Po5y02ouz3rz7D4biSJbmiabqyrbuC8fyTNf2jef6zvf+DwwKh8Si8YhMKnkFADs=',
  ],
  [
    'webp',
    401,
    123,
    'UklGRpIAAABXRUJQVlA4IIYAAABwDgCdASqRAXsAP83m83O/uLWsoCgD8DmJaW7hdrEbQAohi5OQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk4/gAAAaooAAAAAAAAA==',
  ],
  ['lossless webp', 401, 123, 'UklGRiYAAABXRUJQVlA4TBkAAAAvkIEeAAdQwAIWsP8BAUni//9URP/T/gcIAA=='],
  [
    'extended webp',
    50,
    70,
    'UklGRmYAAABXRUJQVlA4WAoAAAAQAAAAMQAARQAAQUxQSBAAAAABB1DAiAgACeH/ey2i/ykaVlA4IDAAAADQAwCdASoyAEYAP83m8HK/uDMsIagD8DmJaQAADHThw4cOHDhwrAAA/ujEAAAAAAA=',
  ],
  [
    'png',
    641,
    479,
    'iVBORw0KGgoAAAANSUhEUgAAAoEAAAHfCAMAAAAY4fKQAAAAA1BMVEWAgICQdD0xAAAACXBIWXMAAAPoAAAD6AG1e1JrAAABQElEQVR42u3BAQEAAACCIP+vbkhAAQ',
  ],
  [
    'jpeg',
    300,
    201,
    '/9j/2wBDAP//////////////////////////////////////////////////////////////////////////////////////2wBDAf//////////////////////////////////////////////////////////////////////////////////////wAARCADJASwDASIAAhEBAxE=',
  ],
  [
    'progressive jpeg',
    300,
    201,
    '/9j/2wBDAP//////////////////////////////////////////////////////////////////////////////////////2wBDAf//////////////////////////////////////////////////////////////////////////////////////wgARCADJASwDASIAAhEBAxE=',
  ],
];
const jpeg = Buffer.from(pictures.find(([format]) => format === 'jpeg')?.[3] ?? '', 'base64');

const url = (base64: string, type = 'image/png') => `data:${type};base64,${base64}`;
const segment = (marker: number, length: number) =>
  Buffer.concat([Buffer.from([0xff, marker, (length + 2) >> 8, (length + 2) & 0xff]), Buffer.alloc(length, 0xff)]);

describe('imageSize', () => {
  it.each(pictures)(
    'reads the head of a %s of %i x %i, whatever type the URL says',
    (_format, width, height, base64) => {
      expect(imageSize(url(base64))).toEqual({ width, height });
      expect(imageSize(url(base64, 'application/octet-stream'))).toEqual({ width, height });
      expect(imageSize(`DATA:image/x;charset=utf-8;BASE64,${base64}`)).toEqual({ width, height });
      expect(imageSize(url(base64.replaceAll('+', '-').replaceAll('/', '_')))).toEqual({ width, height });
    },
  );

  it('passes by all that stands before the frame of a JPEG: EXIF, profiles, tables, fill bytes', () => {
    const profiles = Array.from({ length: 40 }, (_, index) => segment(0xe0 + (index % 16), 65_000));
    const tables = [0xdb, 0xc4, 0xc8, 0xcc].map((marker) => segment(marker, 30));
    const large = Buffer.concat([
      jpeg.subarray(0, 2),
      ...profiles,
      ...tables,
      Buffer.from([0xff, 0xff]),
      jpeg.subarray(2),
    ]);
    expect(imageSize(url(large.toString('base64')))).toEqual({ width: 300, height: 201 });
  });

  it('is undefined for what it cannot measure', () => {
    for (const [, , , base64] of pictures) {
      expect(imageSize(url(base64.slice(0, 12)))).toBeUndefined(); // cut off
      expect(imageSize(base64)).toBeUndefined(); // no URL
    }
    const nothing = Buffer.from('89504e470d0a1a0a0000000d494844520000000000000000', 'hex');
    const tables = Buffer.concat([jpeg.subarray(0, 2), ...Array.from({ length: 5000 }, () => segment(0xdb, 1))]);
    for (const bytes of [nothing, tables, Buffer.from('BM')])
      expect(imageSize(url(bytes.toString('base64')))).toBeUndefined();
    for (const address of ['', 'data:', 'https://example.invalid/a.png', 'data:image/svg+xml,<svg/>']) {
      expect(imageSize(address)).toBeUndefined();
    }
  });

  it('never throws, and is never wrong about being a size', () => {
    const heads = fc.constantFrom(...pictures.map(([, , , base64]) => Buffer.from(base64, 'base64')));
    fc.assert(
      fc.property(heads, fc.nat(40), fc.uint8Array({ maxLength: 80 }), (head, kept, rest) => {
        const size = imageSize(url(Buffer.concat([head.subarray(0, kept), rest]).toString('base64')));
        expect(size === undefined || (size.width > 0 && size.height > 0)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
