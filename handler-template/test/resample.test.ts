import fc from 'fast-check';
import { place, roundHalfEven } from '../src/pictures/geometry.ts';
import { axisFor, PRECISION } from '../src/pictures/kernels.ts';
import { resample, type Pixels } from '../src/pictures/resample.ts';

const kernel = fc.constantFrom('nearest', 'bilinear', 'bicubic', 'lanczos');
const side = fc.integer({ min: 1, max: 60 });
const channels = fc.constantFrom(1, 3);
const stretch = (width: number, height: number) => ({ scaled: { width, height }, x: 0, y: 0, fill: 0 });

const noise = fc
  .record({ width: fc.integer({ min: 1, max: 24 }), height: fc.integer({ min: 1, max: 24 }), channels })
  .chain(({ width, height, channels }) => {
    const length = width * height * channels;
    return fc
      .uint8Array({ minLength: length, maxLength: length })
      .map((data): Pixels => ({ width, height, channels, data }));
  });

test('Python rounds half to even', () => {
  expect([0.5, 1.5, 2.5, 2.4999, -0.5, -1.5, -2.5, 7].map(roundHalfEven)).toEqual([0, 2, 2, 2, 0, -2, -2, 7]);
});

test('weights of a pixel sum up to one, and lie inside the source', () => {
  fc.assert(
    fc.property(kernel, fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 100 }), (name, source, scaled) => {
      const axis = axisFor(name, source, scaled, 0, scaled);
      const bad = Array.from(axis.firsts, (first, i) => {
        const length = axis.lengths[i] ?? 0;
        const weights = axis.weights.subarray(i * axis.stride, i * axis.stride + length);
        const sum = weights.reduce((total, weight) => total + weight, 0) / 2 ** PRECISION;
        return { first, length, sum };
      }).filter(
        ({ first, length, sum }) => Math.abs(sum - 1) > 1e-3 || first < 0 || length < 1 || first + length > source,
      );
      expect(bad).toEqual([]);
    }),
  );
});

test('a picture of one colour keeps it, and one of the right size is left as it is', () => {
  fc.assert(
    fc.property(kernel, side, side, side, side, fc.nat(255), (name, w, h, width, height, value) => {
      const source = { width: w, height: h, channels: 1, data: new Uint8Array(w * h).fill(value) };
      const { data } = resample(source, { width, height }, stretch(width, height), name);
      expect([...new Set(data)]).toEqual([value]);
    }),
  );
  fc.assert(
    fc.property(kernel, noise, (name, picture) => {
      expect(resample(picture, picture, stretch(picture.width, picture.height), name).data).toEqual(picture.data);
    }),
  );
});

test('what is cut out is what the whole would show there', () => {
  fc.assert(
    fc.property(kernel, noise, side, side, fc.nat(20), fc.nat(20), (name, picture, width, height, dx, dy) => {
      const whole = resample(picture, { width, height }, stretch(width, height), name);
      const x = Math.min(dx, width - 1);
      const y = Math.min(dy, height - 1);
      const canvas = { width: width - x, height: height - y };
      const part = resample(picture, canvas, { scaled: { width, height }, x: -x, y: -y, fill: 9 }, name);
      const { channels } = picture;
      for (let row = 0; row < canvas.height; row++) {
        const from = ((row + y) * width + x) * channels;
        const line = canvas.width * channels;
        expect(part.data.subarray(row * line, (row + 1) * line)).toEqual(whole.data.subarray(from, from + line));
      }
    }),
    { numRuns: 60 },
  );
});

test('flipping before is flipping after', () => {
  // Not for nearest, which takes the later of two pixels that are equally near.
  fc.assert(
    fc.property(
      fc.constantFrom('bilinear', 'bicubic', 'lanczos'),
      noise,
      side,
      side,
      (name, picture, width, height) => {
        const turned = { ...picture, data: rotated(picture) };
        const size = { width, height };
        const after = rotated(resample(picture, size, stretch(width, height), name));
        const before = resample(turned, size, stretch(width, height), name).data;
        const off = Array.from(before, (value, i) => Math.abs(value - (after[i] ?? NaN)));
        expect(off.every((difference) => difference <= 1)).toBe(true);
      },
    ),
    { numRuns: 60 },
  );
});

/** By 180°. */
function rotated({ data, channels }: Pixels): Uint8Array {
  const pixels = Array.from({ length: data.length / channels }, (_, i) => [
    ...data.subarray(i * channels, (i + 1) * channels),
  ]);
  return Uint8Array.from(pixels.reverse().flat());
}

test('every picture is placed so that it touches the canvas, and inside it where it is padded', () => {
  const large = fc.integer({ min: 1, max: 20_000 });
  const source = fc.record({ width: large, height: large });
  fc.assert(
    fc.property(source, side, side, side, (picture, width, height, shortestEdge) => {
      for (const resize of [{ kind: 'crop', shortestEdge }, { kind: 'pad', fill: 0 }, { kind: 'stretch' }] as const) {
        const { scaled, x, y } = place(picture, { width, height, resize });
        expect(Math.min(scaled.width, scaled.height)).toBeGreaterThanOrEqual(1);
        expect(Math.min(width, x + scaled.width) - Math.max(0, x)).toBeGreaterThanOrEqual(1);
        expect(Math.min(height, y + scaled.height) - Math.max(0, y)).toBeGreaterThanOrEqual(1);
        if (resize.kind === 'crop') expect(Math.min(scaled.width, scaled.height)).toBe(shortestEdge);
        if (resize.kind === 'pad') {
          expect([x >= 0, y >= 0, x + scaled.width <= width, y + scaled.height <= height]).toEqual(Array(4).fill(true));
          expect(scaled.width === width || scaled.height === height).toBe(true);
        }
      }
    }),
  );
});

test('a thin and very long picture is shrunk along its length first: no more memory is needed than it has', () => {
  const size = { width: 2_000, height: 2 };
  for (const [width, height] of [
    [3, 60_000],
    [60_000, 3],
  ] as const) {
    const source = { width, height, channels: 1, data: new Uint8Array(width * height).fill(200) };
    const { data } = resample(source, size, stretch(2_000, 2), 'bilinear');
    expect(data.every((value) => value === 200)).toBe(true);
  }
});
