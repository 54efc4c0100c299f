import { askAboutPictures, type OracleOptions } from '../../pictures/oracle.ts';
import type { OracleRequest } from './child/oracle.ts';
import type { ImageToImage } from './settings.ts';

/** The pictures that the model itself makes of pictures, as PNG by file name. @throws ToolError PICTURE_INVALID, MODEL_DOES_NOT_RUN */
export function picturesOf(options: OracleOptions<ImageToImage>): Promise<Record<string, Uint8Array>> {
  return askAboutPictures<OracleRequest, Uint8Array>('generator/tasks/image-to-image/child/oracle.js', options, {});
}
