import type { Blueprint } from '../../blueprint.ts';
import { pictureReadme } from '../../pictures/picture-readme.ts';
import type { Sample } from '../../render/fixtures.ts';
import type { ReadmeParts } from '../task.ts';
import type { ImageToImage } from './settings.ts';

const VALUES: Readonly<Record<ImageToImage['result']['values'], string>> = {
  unit: '0 and 1',
  bytes: '0 and 255',
  signed: '−1 and 1',
  normalized: 'what the preprocessing makes of black and white',
};

/** The README's words on a model that makes a picture of a picture. */
export function imageToImageReadme(settings: ImageToImage, blueprint: Blueprint, sample: Sample): ReadmeParts {
  const { preprocessing, result, scale, size } = settings;
  const shared = pictureReadme(preprocessing, blueprint, sample);
  const { name, version } = blueprint.model;
  const times = scale === 1 ? '' : `, times ${scale}`;
  const answered = {
    model:
      preprocessing.resize.kind === 'none'
        ? `as large as what came in${times}`
        : `the model's size: ${preprocessing.width * scale} × ${preprocessing.height * scale}`,
    picture: `the size of what came in${times}`,
  }[size];
  return {
    does: 'make a picture of a picture',
    curl: `${shared.curl} -o answer.png`,
    api: `${shared.takes}

    {"image": "<base64>", "contentType": "image/png"}

and answers a picture, ${answered}: PNG, or JPEG for \`Accept: image/jpeg\`. For \`Accept: application/json\`, and to a direct invoke, the answer is

    {"image": "<base64>", "contentType": "image/png", "model": ${JSON.stringify({ name, version })}}

${shared.errors} 406 is for an Accept header that takes none of these, and 413 also for an answer of more than 6 MB as base64: JPEG is smaller.
\`onnx-lambda invoke fixtures/${sample.file} --output answer.png\` writes the picture to a file.`,
    about: `${shared.about} What comes out is read as ${result.colors}, with ${VALUES[result.values]} for black and white.`,
  };
}
