import { decodeBase64 } from './base64.ts';
import { ServiceError } from './errors.ts';
import { checkPredictRequest, parseJson } from './json.ts';
import { FORMATS } from './sniff.ts';

/** Lambda's limit for a synchronous event, in bytes. */
const LARGEST = 6_291_556;

const PICTURES: ReadonlySet<string> = new Set(FORMATS.map((format) => `image/${format}`));

/** What a client wants, however it was sent. */
export interface Wish {
  readonly picture: Buffer;
  readonly top: number | undefined;
}

export interface Body {
  /** Content-Type header; API Gateway takes none for JSON. */
  readonly contentType: string | undefined;
  readonly text: string;
  readonly isBase64: boolean;
}

/**
 * Reads a JSON request that is already parsed: `{"image": "<base64>", "top": 5}`.
 *
 * @throws ServiceError INVALID_REQUEST, INVALID_BASE64, PAYLOAD_TOO_LARGE
 */
export function wishFromJson(value: unknown): Wish {
  const { image, top } = checkPredictRequest(value);
  checkSize(image);
  return { picture: decodeBase64(image, 'image'), top };
}

/**
 * Reads a body by its content type: a picture's bytes, or JSON.
 *
 * @throws ServiceError EMPTY_BODY, INVALID_JSON, UNSUPPORTED_CONTENT_TYPE, and those of wishFromJson
 */
export function wishFromBody({ contentType = 'application/json', text, isBase64 }: Body): Wish {
  const [mediaType = ''] = contentType.split(';', 1);
  const type = mediaType.trim().toLowerCase();
  const isPicture = PICTURES.has(type);
  if (!isPicture && type !== 'application/json') {
    throw new ServiceError(
      'UNSUPPORTED_CONTENT_TYPE',
      'Expected Content-Type image/jpeg, image/png, image/webp or application/json.',
    );
  }
  checkSize(text);
  const sent = isBase64 ? decodeBase64(text, 'The body') : text;
  if (!isPicture) return wishFromJson(parseJson(sent));
  const bytes = typeof sent === 'string' ? Buffer.from(sent) : sent;
  if (bytes.length === 0) throw new ServiceError('EMPTY_BODY', 'The body is empty: expected a picture.');
  return { picture: bytes, top: undefined };
}

function checkSize(text: string): void {
  if (text.length > LARGEST) {
    throw new ServiceError('PAYLOAD_TOO_LARGE', `The request is larger than ${LARGEST} bytes.`);
  }
}
