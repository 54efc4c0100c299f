import type { ExpectedPicture } from '../../expected.ts';
import { pictureFixtures, type Said } from '../../pictures/picture-fixtures.ts';
import { bytes } from '../../write/file-map.ts';
import type { FixtureParts, Fixtures } from '../task.ts';
import { ANSWER_TYPES } from './operation.ts';
import { picturesOf } from './oracle.ts';
import type { ImageToImage } from './settings.ts';

/** A number that falls between two of the 256 levels may be rounded to either, and to the next by another processor. */
const LEVELS = 2;

/** Pictures with those that the model itself makes of them, which lie beside. */
export function imageToImageFixtures(settings: ImageToImage, parts: FixtureParts): Promise<Fixtures> {
  const { served, signal } = parts;
  return pictureFixtures(parts, {
    preprocessing: settings.preprocessing,
    event: {},
    ask: async (pictures) => {
      const made = await picturesOf({ served, task: settings, pictures, signal });
      return Object.fromEntries(Object.entries(made).map(([file, png]) => [file, said(file, png)]));
    },
  });
}

function said(file: string, png: Uint8Array): Said {
  const beside = `expected/${file.endsWith('.png') ? file : `${file}.png`}`;
  const picture: ExpectedPicture = { kind: 'picture', file: beside, levels: LEVELS };
  return { response: { image: picture, contentType: ANSWER_TYPES[0] }, beside: { [beside]: bytes(png) } };
}
