import sharp from 'sharp';
import { answerPictures, type Ask, type PicturesRequest } from '../../../pictures/child/answer-pictures.ts';
import { fitted } from '../../../pictures/child/preprocess.ts';
import type { Picture } from '../../../pictures/child/resample.ts';
import type { ImageToImage } from '../settings.ts';
import { lightOf, withColours } from './colours.ts';
import { pictureFrom } from './picture-from.ts';
import { toOwnSize } from './own-size.ts';

export interface OracleRequest extends PicturesRequest {
  readonly task: ImageToImage;
}

/** The answer as a PNG. */
answerPictures<OracleRequest, Uint8Array>(async (ask, { task }, picture) => {
  const made = await (task.result.colors === 'luma' ? enlargeLight(ask, task, picture) : picturePlain(ask, task));
  return png(task.size === 'picture' ? toOwnSize(made, picture, task) : made);
});

async function picturePlain(ask: Ask, task: ImageToImage, other?: Parameters<Ask>[1]): Promise<Picture> {
  const { data, dims } = await ask(task.output, other);
  return pictureFrom(Array.from(data as ArrayLike<number>, Number), dims, task);
}

/** The picture is resized in its colours first: its light goes through the model, its colours stay. */
async function enlargeLight(ask: Ask, task: ImageToImage, whole: Picture): Promise<Picture> {
  const rgb = fitted(whole, task.preprocessing);
  const light = lightOf(rgb).data;
  const picture = {
    ...rgb,
    data: Uint8Array.from({ length: light.length * 3 }, (_, i) => light[Math.floor(i / 3)] ?? 0),
  };
  const preprocessing = { ...task.preprocessing, resize: { kind: 'none' as const } };
  return withColours(await picturePlain(ask, task, { picture, preprocessing }), rgb);
}

function png({ data, width, height, channels }: Picture): Promise<Uint8Array> {
  return sharp(data, { raw: { width, height, channels: channels as 1 | 3 | 4 } })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .png()
    .toBuffer();
}
