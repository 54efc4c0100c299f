import { ServiceError } from '../errors.ts';

export const FORMATS = ['jpeg', 'png', 'webp'] as const;
export type Format = (typeof FORMATS)[number];

/** Bytes that a file of the format starts with; null stands for any byte. */
const MAGIC: Record<Format, readonly (number | null)[]> = {
  jpeg: [0xff, 0xd8, 0xff],
  png: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  webp: [0x52, 0x49, 0x46, 0x46, null, null, null, null, 0x57, 0x45, 0x42, 0x50],
};

/**
 * Tells the format by the bytes, whatever the client called it: only these three decoders are ever reached.
 *
 * @throws ServiceError UNSUPPORTED_PICTURE
 */
export function sniff(bytes: Uint8Array): Format {
  const format = FORMATS.find((name) => MAGIC[name].every((byte, i) => byte === null || bytes[i] === byte));
  if (!format) throw new ServiceError('UNSUPPORTED_PICTURE', 'The picture is neither JPEG nor PNG nor WebP.');
  return format;
}
