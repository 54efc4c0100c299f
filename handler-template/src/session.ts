import { readFile } from 'node:fs/promises';
import { ort, threads } from './native.ts';
import { model } from './spec.ts';

/** Class names, one a line, in the order of the scores. */
async function readLabels(file: string): Promise<readonly string[]> {
  const lines = (await readFile(file, 'utf8')).replace(/\n$/, '').split(/\r?\n/);
  if (lines.length !== model.task.classes) {
    throw new Error(`${file} has ${lines.length} class names, the model has ${model.task.classes} classes`);
  }
  return lines;
}

const modelFile = process.env['MODEL_FILE'] ?? '/opt/model.onnx';
const labelsFile = process.env['LABELS_FILE'] ?? '/opt/labels.txt';

// At init, not at the first request: Lambda gives a starting function its full CPU, and it happens once an environment.
export const [session, labels] = await Promise.all([
  ort.InferenceSession.create(modelFile, {
    interOpNumThreads: 1,
    ...(threads && { intraOpNumThreads: threads }),
  }),
  readLabels(labelsFile),
]);
