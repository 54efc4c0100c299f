import type { Blueprint } from '../../blueprint.ts';
import type { Sample } from '../../render/fixtures.ts';
import { quoted } from '../../render/shell.ts';
import type { ReadmeParts } from '../task.ts';
import type { ObjectDetection } from './settings.ts';

const SUPPRESSION: Readonly<Record<ObjectDetection['suppression'], string>> = {
  'per-class': 'of boxes of one class that overlap by more than `iouThreshold` the best is answered',
  agnostic: 'of boxes that overlap by more than `iouThreshold` the best is answered, whatever their classes',
  none: 'overlapping boxes are left to the model, which suppresses them itself',
};

/** The README's words on a detector. */
export function detectReadme(
  settings: ObjectDetection,
  { model, function: { megapixels } }: Blueprint,
  sample: Sample,
): ReadmeParts {
  const { scoreThreshold, iouThreshold, maxDetections, suppression, head, preprocessing } = settings;
  const { width, height, colorOrder, resize } = preprocessing;
  const fields = { scoreThreshold, ...(suppression !== 'none' && { iouThreshold }), maxDetections };
  const asJson = JSON.stringify({ image: '<base64>', ...fields }).replaceAll(/([:,])(?=\S)/g, '$1 ');
  return {
    does: 'answer a picture with what is to be seen in it, and where',
    curl: `--data-binary @fixtures/${quoted(sample.file)} -H 'Content-Type: ${sample.contentType}'`,
    api: `\`POST /predict\` takes a picture (\`image/jpeg\`, \`image/png\` or \`image/webp\`, the bytes as they are) or JSON, in which all
but the picture may be left out (these are the defaults):

    ${asJson}

and answers, best first:

    {"detections": [{"className": "…", "classId": 0, "score": 0.92, "box": {"x": 12.5, "y": 40, "width": 210.2, "height": 180.7}}],
     "width": 640, "height": 480, "model": ${JSON.stringify({ name: model.name, version: model.version })}}

Boxes are in pixels of the picture as it is shown (turned as its EXIF data says), cut off at its border; ${SUPPRESSION[suppression]}.

Errors are \`{"message", "code"}\`: 400 for a request that is not understood, 413 for a picture that is too
large (${megapixels} megapixels, 4.5 MB), 415 for a type that is not taken, 422 for a picture that can't be decoded.`,
    about: `A picture is turned upright, made ${colorOrder === 'gray' ? 'gray' : colorOrder}, resized to ${width} × ${height} (${resize.kind}) and scaled as the model was trained; the outputs are read as \`${head.kind}\`. The figures are in \`onnx-lambda.yaml\`.`,
  };
}
