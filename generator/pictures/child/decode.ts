import sharp, { type SharpOptions } from 'sharp';
import { remap, type Picture } from './resample.ts';

/** Kinds of picture that the service takes, by content. */
export const FORMATS = ['jpeg', 'png', 'webp'];

/** For EXIF orientation 1…8 of a picture of w × h: is it laid on its side, and where does the upright pixel (x, y) come from. */
const UPRIGHT: readonly ((x: number, y: number, w: number, h: number) => readonly [number, number])[] = [
  (x, y) => [x, y],
  (x, y, w) => [w - 1 - x, y],
  (x, y, w, h) => [w - 1 - x, h - 1 - y],
  (x, y, _w, h) => [x, h - 1 - y],
  (x, y) => [y, x],
  (x, y, _w, h) => [y, h - 1 - x],
  (x, y, w, h) => [w - 1 - y, h - 1 - x],
  (x, y, w) => [w - 1 - y, x],
];

/**
 * Bytes of a file to upright RGB, the way Pillow's `exif_transpose` and `convert('RGB')` do it: alpha is dropped, 16 bits keep
 * the high byte, CMYK is converted without profiles, ICC profiles are ignored.
 *
 * @throws Error where the file is no whole JPEG, PNG or WebP
 */
export async function decode(bytes: Uint8Array): Promise<Picture> {
  const options = { failOn: 'error', ignoreIcc: true, limitInputPixels: 1e9 } as const;
  const { format, space, depth, orientation = 1 } = await sharp(bytes, options).metadata();
  if (!FORMATS.includes(format)) throw new Error(`is ${format}, not ${FORMATS.join(', ')}`);
  const picture = await (space === 'cmyk' ? decodeCmyk(bytes, options) : decodeRgb(bytes, options, depth === 'ushort'));
  const from = UPRIGHT[orientation - 1];
  if (orientation === 1 || !from) return picture;
  const { width: w, height: h } = picture;
  return remap(picture, orientation > 4 ? h : w, orientation > 4 ? w : h, (x, y) => from(x, y, w, h));
}

async function decodeRgb(bytes: Uint8Array, options: SharpOptions, deep: boolean): Promise<Picture> {
  const image = sharp(bytes, options).toColourspace(deep ? 'rgb16' : 'srgb');
  const { data, info } = await image.raw({ depth: deep ? 'ushort' : 'uchar' }).toBuffer({ resolveWithObject: true });
  const values = deep ? new Uint16Array(data.buffer, data.byteOffset, data.length / 2) : data;
  const { width, height, channels } = info;
  const gray = channels < 3;
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let c = 0; c < 3; c++) {
      const value = values[pixel * channels + (gray ? 0 : c)] as number;
      rgb[pixel * 3 + c] = deep ? value >> 8 : value;
    }
  }
  return { width, height, channels: 3, data: rgb };
}

async function decodeCmyk(bytes: Uint8Array, options: SharpOptions): Promise<Picture> {
  const image = sharp(bytes, options).pipelineColourspace('cmyk').toColourspace('cmyk');
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const white = 255 - (data[pixel * channels + 3] as number);
    for (let c = 0; c < 3; c++) {
      rgb[pixel * 3 + c] = white - Math.round(((data[pixel * channels + c] as number) * white) / 255);
    }
  }
  return { width, height, channels: 3, data: rgb };
}
