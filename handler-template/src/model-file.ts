import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { located } from './model-location.ts';
// Loaded while the model is still on its way.
import './native.ts';

/** Path of the model, once it is here. */
export const modelFile = await located;

/** Where files are that belong to the model; a model of somebody else's address comes without them. */
const beside = process.env['MODEL_BESIDE'] ?? dirname(modelFile);

/** Path of a file that belongs to the model: labels, a tokenizer. */
export function fileBesideModel(name: string): string {
  return join(beside, name);
}

/**
 * Class names, one a line, in the order of the scores.
 *
 * @throws Error where there are more or fewer than the model has classes
 */
export function readLabels(classes: number): readonly string[] {
  const lines = linesOf(labelsFile());
  if (lines.length !== classes) {
    throw new Error(`${labelsFile()} has ${lines.length} class names, the model has ${classes} classes`);
  }
  return lines;
}

/** Class names of a model that does not say how many classes it has; none where there is no such file. */
export function labelsIfAny(): readonly string[] {
  return existsSync(labelsFile()) ? linesOf(labelsFile()) : [];
}

function labelsFile(): string {
  return fileBesideModel('labels.txt');
}

function linesOf(file: string): readonly string[] {
  return readFileSync(file, 'utf8').replace(/\n$/, '').split(/\r?\n/);
}
