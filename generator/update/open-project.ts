import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Blueprint, BLUEPRINT_FILE, BLUEPRINT_VERSION } from '../blueprint.ts';
import { ToolError } from '../errors.ts';
import { findRoot } from '../project-root.ts';
import { parseYaml } from '../yaml.ts';
import type { Contents } from './content.ts';
import { parseRecord, RECORD_FILE } from './record.ts';
import type { Signature } from './signature/compare.ts';

export const LABELS_FILE = 'model/labels.txt';

/** A project that is to be updated. */
export interface OpenProject {
  /** Absolute folder. */
  readonly root: string;
  readonly blueprint: Blueprint;
  /** onnx-lambda.yaml as it is. */
  readonly blueprintText: string;
  /** What clients of the service see, as it was emitted last: edits of onnx-lambda.yaml come after it. */
  readonly emitted: Signature;
  /** What was emitted; undefined where the project was made before that was kept. */
  readonly record: Contents | undefined;
}

/**
 * The project in a folder or in one above it.
 *
 * @throws ToolError NOT_A_PROJECT, YAML_INVALID, BLUEPRINT_INVALID, BLUEPRINT_TOO_NEW, RECORD_INVALID
 */
export async function openProject(cwd: string): Promise<OpenProject> {
  const root = findRoot(resolve(cwd), BLUEPRINT_FILE);
  if (root === undefined)
    throw new ToolError('NOT_A_PROJECT', {
      what: 'There is no project to update here.',
      where: cwd,
      expected: `${BLUEPRINT_FILE} in this folder or in one above it`,
      next: 'cd into the project',
    });
  const file = join(root, BLUEPRINT_FILE);
  const blueprintText = await readFile(file, 'utf8');
  const recordFile = join(root, RECORD_FILE);
  const record = existsSync(recordFile) ? parseRecord(await readFile(recordFile, 'utf8'), recordFile) : undefined;
  const blueprint = readBlueprint(blueprintText, file);
  const was = record?.[BLUEPRINT_FILE]?.text;
  const labels =
    record?.[LABELS_FILE]?.text ?? (await readFile(join(root, LABELS_FILE), 'utf8').catch(() => undefined));
  const emitted: Signature = {
    blueprint: was === undefined ? blueprint : readBlueprint(was, recordFile),
    labels: labels === undefined ? undefined : labelLines(labels),
  };
  return { root, blueprintText, blueprint, emitted, record };
}

/** The names in model/labels.txt. */
export const labelLines = (text: string): readonly string[] => text.replace(/\r?\n$/, '').split(/\r?\n/);

function readBlueprint(text: string, where: string): Blueprint {
  const value = parseYaml(text, where);
  const { version, generator } = (value ?? {}) as { version?: unknown; generator?: unknown };
  if (typeof version === 'number' && version > BLUEPRINT_VERSION)
    throw new ToolError('BLUEPRINT_TOO_NEW', {
      what: `The project was made by a newer version of create-onnx-lambda${typeof generator === 'string' ? ` (${generator})` : ''}.`,
      where,
      expected: `version ${BLUEPRINT_VERSION} or older, not ${version}`,
      next: 'npm install --save-dev create-onnx-lambda@latest',
    });
  const parsed = Blueprint.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.') || BLUEPRINT_FILE}: ${message}`);
  throw new ToolError('BLUEPRINT_INVALID', {
    what: `${BLUEPRINT_FILE} does not describe a project: ${issues.slice(0, 3).join('; ')}`,
    where,
    next: `git diff -- ${BLUEPRINT_FILE}`,
  });
}
