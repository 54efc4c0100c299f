import sharp from 'sharp';
import { answerParent } from './serve.ts';

export interface SamplesRequest {
  readonly samples: readonly {
    readonly name: string;
    readonly width: number;
    readonly height: number;
    readonly seed: number;
  }[];
}

export type SamplesAnswer = readonly { readonly name: string; readonly bytes: Uint8Array }[];

answerParent<SamplesRequest, SamplesAnswer>(async ({ samples }) =>
  Promise.all(
    samples.map(async ({ name, width, height, seed }) => {
      const image = sharp(paint(width, height, seed), { raw: { width, height, channels: 3 } });
      const encoded = name.endsWith('.png')
        ? image.png()
        : name.endsWith('.webp')
          ? image.webp({ quality: 90 })
          : image.jpeg({ quality: 90 });
      return { name, bytes: await encoded.toBuffer() };
    }),
  ),
);

/** Colour gradients with a disc and stripes on them: something with edges, that no two seeds share. */
function paint(width: number, height: number, seed: number): Buffer {
  const data = Buffer.alloc(width * height * 3);
  const radius = Math.min(width, height) * (0.2 + 0.05 * (seed % 4));
  const [cx, cy] = [width * (0.3 + 0.13 * (seed % 3)), height * (0.35 + 0.1 * (seed % 4))];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const disc = Math.hypot(x - cx, y - cy) < radius;
      const stripe = Math.floor((x + y * (seed % 2 ? 1 : -1)) / (6 + seed)) % 2 === 0;
      const color = [(255 * x) / width, (255 * y) / height, (127 + 53 * seed) % 256];
      for (let c = 0; c < 3; c++) {
        const value = color[(c + seed) % 3] as number;
        data[(y * width + x) * 3 + c] = disc ? 255 - value : stripe ? value : value * 0.7;
      }
    }
  }
  return data;
}
