import { ServiceError } from '../../errors.ts';
import type { Size } from '../../pictures/geometry.ts';
import type { Seen } from '../../pictures/picture.ts';
import { resample, type Pixels } from '../../pictures/resample.ts';

/**
 * A result of the model's size back to the picture's own, times what the model enlarges by: borders are cut off, and what was cropped
 * before stays away.
 *
 * @throws ServiceError RESPONSE_TOO_LARGE before anything is computed
 */
export function restore(result: Pixels, { pixels: canvas, size, placement }: Seen, megapixels: number): Pixels {
  const { scaled, x, y } = placement;
  const across = along(x, scaled.width, canvas.width, size.width, result.width / canvas.width);
  const down = along(y, scaled.height, canvas.height, size.height, result.height / canvas.height);
  const wanted = { width: across.wanted, height: down.wanted };
  if (wanted.width * wanted.height > megapixels * 1e6) {
    const expected = `at most ${megapixels} million pixels can be sent back: send a smaller picture.`;
    throw new ServiceError(
      'RESPONSE_TOO_LARGE',
      `The answer would have ${wanted.width} × ${wanted.height}: ${expected}`,
    );
  }
  const visible = cut(result, across.from, down.from, { width: across.length, height: down.length });
  return resample(visible, wanted, { scaled: wanted, x: 0, y: 0, fill: 0 }, 'bicubic');
}

/** Of one axis: which part of the result shows the picture, and how long it is to be. */
function along(
  at: number,
  scaled: number,
  canvas: number,
  own: number,
  factor: number,
): { from: number; length: number; wanted: number } {
  const start = Math.max(0, at);
  const end = Math.min(canvas, at + scaled);
  return {
    from: Math.round(start * factor),
    length: Math.round((end - start) * factor),
    wanted: Math.max(1, Math.round(((end - start) / scaled) * own * factor)),
  };
}

function cut({ width, channels, data }: Pixels, left: number, top: number, size: Size): Pixels {
  const line = size.width * channels;
  const out = new Uint8Array(line * size.height);
  for (let row = 0; row < size.height; row++) {
    const from = ((top + row) * width + left) * channels;
    out.set(data.subarray(from, from + line), row * line);
  }
  return { ...size, channels, data: out };
}
