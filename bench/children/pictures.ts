// How long pictures of several sizes take from bytes to pixels, and how much of it is decoding. Prints rows as JSON.
import { sharp } from '../../handler-template/src/pictures/sharp.ts';
import { readPicture } from '../../handler-template/src/pictures/picture.ts';

const settings = {
  width: 224,
  height: 224,
  resize: { kind: 'crop', shortestEdge: 256 },
  colorOrder: 'RGB',
  layout: 'NCHW',
  rescaleFactor: 1 / 255,
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
} as const;

function drawing(width: number, height: number): Buffer {
  const data = Buffer.alloc(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const x = i % width;
    const y = (i - x) / width;
    data.set([128 + 100 * Math.sin(x / 50), 128 + 100 * Math.cos(y / 70), (x + y) % 256], i * 3);
  }
  return data;
}

async function median(runs: number, work: () => Promise<unknown>): Promise<number> {
  const took: number[] = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    await work();
    took.push(performance.now() - start);
  }
  return Number((took.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? NaN).toFixed(0));
}

const runs = Number(process.argv[2]);
const rows: object[] = [];
for (const [width, height] of [
  [640, 480],
  [2000, 1500],
  [4000, 3000],
  [6000, 4000],
] as const) /* prettier-ignore */ {
  const raw = { raw: { width, height, channels: 3 } } as const;
  const jpeg = await sharp(drawing(width, height), raw).jpeg({ quality: 85 }).toBuffer();
  const read = (resample: 'bilinear' | 'lanczos') => (): Promise<unknown> => readPicture(jpeg, 24, { ...settings, resample });
  rows.push({
    picture: `${width} × ${height} JPEG`,
    'decode ms': await median(runs, () => sharp(jpeg).raw().toBuffer()),
    'bilinear ms': await median(runs, read('bilinear')),
    'lanczos ms': await median(runs, read('lanczos')),
    'memory MB': Math.round(process.memoryUsage.rss() / 1e6),
  });
}
process.stdout.write(JSON.stringify(rows));
