import { decodeBase64 } from '../base64.ts';
import { ServiceError } from '../errors.ts';
import { checkRequestSize } from '../limits.ts';
import type { Model } from '../spec.ts';
import { FORMATS } from './sniff.ts';

/** Content types of the pictures that are taken. */
export const PICTURE_TYPES: readonly string[] = FORMATS.map((format) => `image/${format}`);

/** Model of a task that takes pictures. */
export type PictureModel = Model & { readonly limits: { readonly megapixels: number } };

/** A picture in JSON: base64, or the bytes that were fetched in place of a URL. */
export type JsonPicture = string | Buffer;

/**
 * A picture that came in JSON.
 *
 * @throws ServiceError PAYLOAD_TOO_LARGE, INVALID_BASE64
 */
export function pictureFromJson(image: JsonPicture): Buffer {
  if (typeof image !== 'string') return image;
  checkRequestSize(image);
  return decodeBase64(image, 'image');
}

/**
 * A picture that is the body itself.
 *
 * @throws ServiceError EMPTY_BODY
 */
export function pictureFromBytes(bytes: Buffer): Buffer {
  if (bytes.length === 0) throw new ServiceError('EMPTY_BODY', 'The body is empty: expected a picture.');
  return bytes;
}
