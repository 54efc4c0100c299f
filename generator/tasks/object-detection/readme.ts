import type { Blueprint } from '../../blueprint.ts';
import { pictureReadme } from '../../pictures/picture-readme.ts';
import type { Sample } from '../../render/fixtures.ts';
import type { ReadmeParts } from '../task.ts';
import type { ObjectDetection } from './settings.ts';

const SUPPRESSION: Readonly<Record<ObjectDetection['suppression'], string>> = {
  'per-class': 'of boxes of one class that overlap by more than `iouThreshold` the best is answered',
  agnostic: 'of boxes that overlap by more than `iouThreshold` the best is answered, whatever their classes',
  none: 'overlapping boxes are left to the model, which suppresses them itself',
};

/** The README's words on a detector. */
export function detectReadme(settings: ObjectDetection, blueprint: Blueprint, sample: Sample): ReadmeParts {
  const { scoreThreshold, iouThreshold, maxDetections, suppression, head } = settings;
  const { curl, takes, errors, about } = pictureReadme(settings.preprocessing, blueprint, sample);
  const { name, version } = blueprint.model;
  const fields = { scoreThreshold, ...(suppression !== 'none' && { iouThreshold }), maxDetections };
  const asJson = JSON.stringify({ image: '<base64>', ...fields }).replaceAll(/(?<=")([:,])|,(?=")/g, '$& ');
  return {
    does: 'answer a picture with what is to be seen in it, and where',
    curl,
    api: `${takes}

    ${asJson}

(these are the defaults: all but the picture may be left out) and answers, best first:

    {"detections": [{"className": "…", "classId": 0, "score": 0.92, "box": {"x": 12.5, "y": 40, "width": 210.2, "height": 180.7}}],
     "width": 640, "height": 480, "model": ${JSON.stringify({ name, version })}}

Boxes are in pixels of the picture as it is shown (turned as its EXIF data says), cut off at its border; ${SUPPRESSION[suppression]}.

${errors}`,
    about: `${about} The outputs are read as \`${head.kind}\`.`,
  };
}
