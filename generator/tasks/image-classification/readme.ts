import type { Blueprint } from '../../blueprint.ts';
import type { Sample } from '../../render/fixtures.ts';
import { quoted } from '../../render/shell.ts';
import type { ReadmeParts } from '../task.ts';
import type { ImageClassification } from './settings.ts';

/** The README's words on a classifier. */
export function classifyReadme(
  { top, preprocessing }: ImageClassification,
  { model, function: { megapixels } }: Blueprint,
  sample: Sample,
): ReadmeParts {
  const { width, height, colorOrder, resize } = preprocessing;
  return {
    does: 'answer a picture with its class',
    curl: `--data-binary @fixtures/${quoted(sample.file)} -H 'Content-Type: ${sample.contentType}'`,
    api: `\`POST /predict\` takes a picture (\`image/jpeg\`, \`image/png\` or \`image/webp\`, the bytes as they are) or JSON:

    {"image": "<base64>", "top": ${top}}

and answers, best first:

    {"predictions": [{"className": "…", "probability": 0.97}], "model": ${JSON.stringify({ name: model.name, version: model.version })}}

Errors are \`{"message", "code"}\`: 400 for a request that is not understood, 413 for a picture that is too
large (${megapixels} megapixels, 4.5 MB), 415 for a type that is not taken, 422 for a picture that can't be decoded.`,
    about: `A picture is turned upright, made ${colorOrder === 'gray' ? 'gray' : colorOrder}, resized to ${width} × ${height} (${resize.kind}) and scaled as the model was trained; the figures are in \`onnx-lambda.yaml\`.`,
  };
}
