import { lieOf } from '../../../pictures/child/preprocess.ts';
import { remap, resize, type Picture } from '../../../pictures/child/resample.ts';
import type { ImageToImage } from '../settings.ts';

/** A result in the size of the picture that it was made from, times the model's scale; not where the picture's border was cut off. */
export function toOwnSize(result: Picture, own: Picture, { preprocessing, scale }: ImageToImage): Picture {
  const { left, top, width, height } = lieOf(own, preprocessing);
  const visible = remap(result, width * scale, height * scale, (x, y) => [left * scale + x, top * scale + y]);
  return resize(visible, own.width * scale, own.height * scale, 'bicubic');
}
