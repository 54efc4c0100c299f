import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** Value 0…255 of channel c at x, y of a picture of n × n pixels. */
type Pattern = (x: number, y: number, c: number, n: number) => number;

/** Smooth, so that a model that sees another resampling filter, order of colours or crop answers differently, yet no pixel decides alone. */
const PATTERNS: Readonly<Record<string, Pattern>> = {
  'gradient.png': (x, y, c, n) => (255 * (c === 0 ? x : c === 1 ? y : n - 1 - x)) / (n - 1),
  'rings.png': (x, y, c, n) => 127.5 + 127.5 * Math.cos((Math.hypot(x - n / 2, y - n / 3) / n) * (18 + 5 * c)),
  'blobs.png': (x, y, c, n) =>
    255 * Math.exp(-(((x / n - 0.3 - 0.2 * c) / 0.25) ** 2) - ((y / n - 0.65 + 0.15 * c) / 0.2) ** 2),
};

/**
 * Three pictures that are always the same, for a project that was given none. They show that the service answers as the model does, not that the model is good.
 *
 * @param side in pixels, from 24 to 640
 */
export function samplePictures(side: number): Readonly<Record<string, Uint8Array>> {
  const n = Math.max(24, Math.min(640, side));
  return Object.fromEntries(Object.entries(PATTERNS).map(([file, pattern]) => [file, png(n, n, pattern)]));
}

/** An 8-bit RGB picture. */
function png(width: number, height: number, pattern: Pattern): Uint8Array {
  const row = 1 + 3 * width;
  const raw = Buffer.alloc(row * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < 3; c++) raw[y * row + 1 + 3 * x + c] = Math.round(pattern(x, y, c, width));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8); // 8 bits, RGB, deflate, no filter method but 0, not interlaced
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(raw, { level: 9 })),
    chunk('IEND'),
  ]);
}

function chunk(type: string, data: Uint8Array = new Uint8Array()): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(8 + body.length);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), 4 + body.length);
  return out;
}
