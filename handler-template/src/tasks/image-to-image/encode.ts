import type { Pixels } from '../../pictures/resample.ts';
import { sharp } from '../../pictures/sharp.ts';

/** What an answer may be, the one that is sent where nobody asks first. */
export const ANSWER_TYPES = ['image/png', 'image/jpeg'] as const;
export type AnswerType = (typeof ANSWER_TYPES)[number];

/** High, and colours at full size: what a model made should not be lost on the way. */
const JPEG = { quality: 92, chromaSubsampling: '4:4:4' } as const;

/** A picture as a file. JPEG knows no transparency: it is laid on white. */
export function encode({ data, width, height, channels }: Pixels, type: AnswerType): Promise<Uint8Array> {
  const raw = { width, height, channels: channels as 1 | 3 | 4 };
  // One channel stays one: else it would be written three times.
  const image = sharp(data, { raw }).toColourspace(channels === 1 ? 'b-w' : 'srgb');
  return type === 'image/png' ? image.png().toBuffer() : image.flatten({ background: 'white' }).jpeg(JPEG).toBuffer();
}
