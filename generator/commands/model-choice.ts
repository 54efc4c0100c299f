import { ToolError } from '../errors.ts';
import type { SourceOptions } from '../formats/source.ts';

/** Which model of a folder or an archive. */
export type ModelChoice = Pick<SourceOptions, 'file' | 'version'>;

/** Flags of every command that opens a model. */
export const CHOICE_FLAGS = [
  ['--model-file <path>', 'which model, where a folder or archive holds several'],
  ['--triton-version <n>', 'which numbered version of a Triton model; else the newest'],
] as const;

/** @throws ToolError USAGE */
export function readChoice(flags: { modelFile?: string | undefined; tritonVersion?: string | undefined }): ModelChoice {
  const { modelFile: file, tritonVersion } = flags;
  if (tritonVersion !== undefined && !/^[1-9]\d{0,14}$/.test(tritonVersion)) {
    const what = `--triton-version can't be ${JSON.stringify(tritonVersion)}.`;
    throw new ToolError('USAGE', { what, where: '--triton-version', expected: 'a whole number from 1 on' });
  }
  return { file, version: tritonVersion === undefined ? undefined : Number(tritonVersion) };
}
