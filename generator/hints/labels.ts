import { readFile } from 'node:fs/promises';
import { ToolError } from '../errors.ts';
import { parseYaml } from '../yaml.ts';
import { namesFromLines } from './label-lines.ts';
import { namesFromValue, parsePythonNames } from './label-values.ts';

/**
 * Class names from a file, in the order of the scores: a name a line (with or without an index or an ImageNet id before it),
 * CSV, or JSON or YAML with a list or a map from index to name.
 *
 * @param classes how many the model has; any number where it is left out
 * @throws ToolError LABELS_INVALID
 */
export async function readLabels(file: string, classes?: number): Promise<string[]> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (error) {
    throw invalid(`The labels can't be read: ${(error as Error).message}`, file, error);
  }
  const labels = parseLabels(text, file);
  if (classes !== undefined) checkCount(labels, classes, file);
  return labels;
}

/**
 * Class names from a text in any of the forms that `readLabels` takes.
 *
 * @param where names the text in messages; its ending tells CSV and YAML
 */
export function parseLabels(text: string, where: string): string[] {
  const body = text.replace(/^\uFEFF/, '').trim();
  if (body === '') throw invalid('There is no label in it.', where);
  const labels = namesIn(body, where);
  if (!labels) throw invalid('The labels are in no form that is known.', where);
  const odd = labels.findIndex((label) => label === '' || hasControl(label));
  if (odd >= 0) throw invalid(`Label ${odd} is ${labels[odd] === '' ? 'empty' : 'not one line of text'}.`, where);
  return labels;
}

/**
 * @throws ToolError LABELS_INVALID that names both numbers
 */
export function checkCount(labels: readonly string[], classes: number, where: string): void {
  if (labels.length === classes) return;
  throw new ToolError('LABELS_INVALID', {
    what: `There are ${labels.length} labels, and the model has ${classes} classes.`,
    where,
    expected: `${classes} labels, one a line, in the order of the scores`,
    ...(classes === labels.length + 1 && {
      next: 'If the model has a class for "background" or "none of these", add a line for it where it belongs (often the first).',
    }),
  });
}

/** Names where nobody gave any. */
export function numberedLabels(classes: number): string[] {
  return Array.from({ length: classes }, (_, i) => `class_${i}`);
}

function namesIn(body: string, where: string): string[] | undefined {
  if (/\.ya?ml$/i.test(where)) return namesFromValue(parseYaml(body, where));
  if (/^[[{]/.test(body)) {
    try {
      return namesFromValue(JSON.parse(body));
    } catch {
      return parsePythonNames(body);
    }
  }
  return namesFromLines(body, /\.[ct]sv$/i.test(where));
}

function hasControl(label: string): boolean {
  return /[\u0000-\u001f\u007f\u2028\u2029]/.test(label);
}

function invalid(what: string, where: string, cause?: unknown): ToolError {
  return new ToolError(
    'LABELS_INVALID',
    { what, where, expected: 'a class name a line, or JSON: ["cat", "dog"] or {"0": "cat", "1": "dog"}' },
    { cause },
  );
}
