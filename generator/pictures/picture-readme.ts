import type { Blueprint } from '../blueprint.ts';
import type { Sample } from '../render/fixtures.ts';
import { quoted } from '../render/shell.ts';
import type { Preprocessing } from './preprocessing.ts';

/** What the READMEs of all tasks with pictures say. */
export interface PictureReadme {
  readonly curl: string;
  /** Up to the JSON of a request. */
  readonly takes: string;
  readonly errors: string;
  /** How the model is fed. */
  readonly about: string;
}

export function pictureReadme(
  { width, height, colorOrder, resize }: Preprocessing,
  { function: { megapixels } }: Blueprint,
  { file, contentType }: Sample,
): PictureReadme {
  const resized = resize.kind === 'none' ? 'left at its size' : `resized to ${width} × ${height} (${resize.kind})`;
  return {
    curl: `--data-binary @fixtures/${quoted(file)} -H 'Content-Type: ${contentType}'`,
    takes: `\`POST /predict\` takes a picture (\`image/jpeg\`, \`image/png\` or \`image/webp\`, the bytes as they are) or JSON:`,
    errors: `Errors are \`{"message", "code"}\`: 400 for a request that is not understood, 413 for a picture that is too
large (${megapixels} megapixels, 4.5 MB), 415 for a type that is not taken, 422 for a picture that can't be decoded.`,
    about: `A picture is turned upright, made ${colorOrder}, ${resized} and scaled as the model was trained; the figures are in \`onnx-lambda.yaml\`.`,
  };
}
