import type { Blueprint } from '../../blueprint.ts';
import { pictureReadme } from '../../pictures/picture-readme.ts';
import type { Sample } from '../../render/fixtures.ts';
import type { ReadmeParts } from '../task.ts';
import type { ImageClassification } from './settings.ts';

/** The README's words on a classifier. */
export function classifyReadme(
  { top, scores, preprocessing }: ImageClassification,
  blueprint: Blueprint,
  sample: Sample,
): ReadmeParts {
  const { curl, takes, errors, about } = pictureReadme(preprocessing, blueprint, sample);
  const { name, version } = blueprint.model;
  return {
    does: 'answer a picture with its class',
    curl,
    api: `${takes}

    {"image": "<base64>", "top": ${top}}

and answers, best first${scores.startsWith('multi-label') ? '; several classes may hold, so probabilities need not sum to 1' : ''}:

    {"predictions": [{"className": "…", "probability": 0.97}], "model": ${JSON.stringify({ name, version })}}

${errors}`,
    about,
  };
}
