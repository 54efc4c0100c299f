import { readPicture, type Seen } from '../../pictures/picture.ts';
import {
  PICTURE_TYPES,
  type JsonPicture,
  pictureFromJson,
  pictureFromBytes,
  type PictureModel,
} from '../../pictures/request.ts';
import type { Pixels } from '../../pictures/resample.ts';
import { toTensor } from '../../pictures/tensor.ts';
import { JSON_TYPE } from '../../request.ts';
import { inputOf } from '../../spec.ts';
import type { Task } from '../../task-types.ts';
import { preferred } from './accept.ts';
import { ANSWER_TYPES, encode, type AnswerType } from './encode.ts';
import { join, split } from './luma.ts';
import { restore } from './restore.ts';
import { toPixels } from './result.ts';
import type { Settings } from './settings.ts';

export interface Request {
  readonly image: JsonPicture;
  readonly contentType?: AnswerType;
}

export interface Wish {
  readonly read: () => Promise<Read>;
  /** What the picture is to be, and whether JSON is to carry it. */
  readonly type: AnswerType;
  readonly asJson: boolean;
}

/** A picture as it was read. */
interface Read {
  readonly seen: Seen;
  /** Its colours, where the model gets its light alone. */
  readonly chroma?: Pixels;
}

/**
 * Picture in, picture out.
 *
 * @example { "image": "<base64>" } → { "image": "<base64>", "contentType": "image/png" }, or the picture itself by its Accept header
 */
export function imageToImage(settings: Settings, model: PictureModel): Task<Request, Wish> {
  const { output, preprocessing, result, size } = settings;
  const { megapixels } = model.limits;
  const input = inputOf(model, settings.input);
  const wishFor = (picture: Buffer, accept: string | undefined, wanted?: AnswerType): Wish => ({
    read: once(() => read(picture, megapixels, settings)),
    ...answerFor(accept, wanted),
  });
  return {
    example: '{"image": "<base64>"}',
    contentTypes: PICTURE_TYPES,
    fromBytes: (bytes, _, accept) => wishFor(pictureFromBytes(bytes), accept),
    fromJson: ({ image, contentType }, accept) => wishFor(pictureFromJson(image), accept, contentType),
    async toFeeds({ read: picture }) {
      const { seen } = await picture();
      return new Map([[input.name, toTensor(seen.pixels, input, preprocessing)]]);
    },
    outputs: () => [output],
    async toAnswer(results, { read: picture, type, asJson }) {
      const { seen, chroma } = await picture();
      const pixels = toPixels(results.get(output), result, preprocessing);
      const coloured = chroma ? join(pixels, chroma) : pixels;
      const bytes = await encode(size === 'picture' ? restore(coloured, seen, megapixels) : coloured, type);
      return asJson
        ? { kind: 'json', body: { image: Buffer.from(bytes).toString('base64'), contentType: type } }
        : { kind: 'bytes', name: 'image', contentType: type, bytes };
    },
  };
}

async function read(picture: Buffer, megapixels: number, { preprocessing, result }: Settings): Promise<Read> {
  if (result.colors !== 'luma') return { seen: await readPicture(picture, megapixels, preprocessing) };
  const seen = await readPicture(picture, megapixels, { ...preprocessing, colorOrder: 'RGB' });
  const { luma, chroma } = split(seen.pixels);
  return { seen: { ...seen, pixels: luma }, chroma };
}

/** By the Accept header; where that leaves it open, by what JSON asks for. @throws ServiceError NOT_ACCEPTABLE */
function answerFor(accept: string | undefined, wanted: AnswerType = ANSWER_TYPES[0]): Pick<Wish, 'type' | 'asJson'> {
  const others = ANSWER_TYPES.filter((type) => type !== wanted);
  const type = preferred(accept, [wanted, ...others, JSON_TYPE]);
  return type === JSON_TYPE ? { type: wanted, asJson: true } : { type, asJson: false };
}

/** A picture is needed before the run and after it, and decoded once. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
