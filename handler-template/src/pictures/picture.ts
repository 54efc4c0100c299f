import type { Metadata, Sharp } from 'sharp';
import { ServiceError } from '../errors.ts';
import { toColours } from './colours.ts';
import { place, type Placement, type Size } from './geometry.ts';
import type { Preprocessing } from './preprocessing.ts';
import { resample, type Pixels } from './resample.ts';
import { sharp } from './sharp.ts';
import { sniff } from './sniff.ts';

/** Pixels a side: what JPEG can have. A PNG of 1 × 24 million is 24 kB, and seconds of work. */
const LONGEST = 65_535;

/** A picture as the model sees it, and where on it the upright picture lies. */
export interface Seen {
  readonly pixels: Pixels;
  /** Of the upright picture. */
  readonly size: Size;
  readonly placement: Placement;
}

/**
 * A picture's bytes to the pixels that the model sees: upright, in its colours, of its size.
 *
 * @throws ServiceError UNSUPPORTED_PICTURE, PICTURE_TOO_LARGE (told from the header, nothing is decoded), UNREADABLE_PICTURE
 */
export async function readPicture(bytes: Uint8Array, megapixels: number, preprocessing: Preprocessing): Promise<Seen> {
  sniff(bytes);
  const { width, height, resize, resample: kernel, colorOrder } = preprocessing;
  const decoded = await decode(bytes, megapixels);
  const coloured = toColours(decoded, colorOrder === 'gray' ? 'gray' : 'RGB');
  const size = { width: coloured.width, height: coloured.height };
  const placement = place(size, preprocessing);
  const canvas = resize.kind === 'none' ? size : { width, height };
  return { pixels: resample(coloured, canvas, placement, kernel), size, placement };
}

/** Decodes and turns upright, and no more: 1 channel for gray, 4 for CMYK, else 3; alpha is dropped, of 16 bits the high byte is left. */
async function decode(bytes: Uint8Array, megapixels: number): Promise<Pixels> {
  const { space, width, height } = await orUnreadable(open(bytes).metadata());
  if (width * height > megapixels * 1e6 || Math.max(width, height) > LONGEST) {
    throw new ServiceError(
      'PICTURE_TOO_LARGE',
      `The picture has ${width} × ${height} pixels: at most ${megapixels} million are taken, and ${LONGEST} a side.`,
    );
  }
  const image = inOwnSpace(open(bytes).autoOrient(), space);
  const { data, info } = await orUnreadable(image.toBuffer({ resolveWithObject: true }));
  const pixels = { width: info.width, height: info.height, channels: info.channels };
  return { ...pixels, data: space === 'grey16' ? highBytes(data) : data };
}

function open(bytes: Uint8Array): Sharp {
  // Profiles are not applied, since those who trained the model did not apply them; broken files are refused.
  return sharp(bytes, { failOn: 'error', limitInputPixels: false, ignoreIcc: true });
}

/** Keeps the numbers that are in the file: libvips would turn ink to light by a profile, gray to RGB, and round 16 bits of gray. */
function inOwnSpace(image: Sharp, space: Metadata['space']): Sharp {
  switch (space) {
    case 'cmyk':
      return image.pipelineColourspace('cmyk').toColourspace('cmyk').raw();
    case 'grey16':
      return image.removeAlpha().toColourspace('grey16').raw({ depth: 'ushort' });
    case 'b-w':
      return image.removeAlpha().toColourspace('b-w').raw();
    default:
      return image.removeAlpha().toColourspace('srgb').raw();
  }
}

function highBytes(data: Uint8Array): Uint8Array {
  for (let i = 0; i < data.length / 2; i++) data[i] = data[i * 2 + 1]!;
  return data.subarray(0, data.length / 2);
}

async function orUnreadable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw new ServiceError('UNREADABLE_PICTURE', 'The picture is damaged or incomplete.', { cause });
  }
}
