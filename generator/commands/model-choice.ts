import { ToolError } from '../errors.ts';
import type { SourceOptions } from '../formats/source.ts';

/** Which model of a folder or an archive. */
export type ModelChoice = Pick<SourceOptions, 'file' | 'version' | 'sha256'>;

/** Flags of every command that opens a model. */
export const CHOICE_FLAGS = [
  ['--model-file <path>', 'which model, where a folder or archive holds several'],
  ['--triton-version <n>', 'which numbered version of a Triton model; else the newest'],
  ['--model-sha256 <hex>', 'what the model file or archive must be; for a folder, the model file in it'],
] as const;

/** As commander hands them over. */
export type ChoiceFlags = { readonly [Name in 'modelFile' | 'tritonVersion' | 'modelSha256']?: string | undefined };

/** @throws ToolError USAGE */
export function readChoice(flags: ChoiceFlags): ModelChoice {
  const { modelFile: file, tritonVersion, modelSha256: sha256 } = flags;
  check('--triton-version', tritonVersion, /^[1-9]\d{0,14}$/, 'a whole number from 1 on');
  check('--model-sha256', sha256, /^[0-9a-f]{64}$/i, '64 hexadecimal digits, as sha256sum prints them');
  return { file, version: tritonVersion === undefined ? undefined : Number(tritonVersion), sha256 };
}

function check(flag: string, text: string | undefined, pattern: RegExp, expected: string): void {
  if (text === undefined || pattern.test(text)) return;
  throw new ToolError('USAGE', { what: `${flag} can't be ${JSON.stringify(text)}.`, where: flag, expected });
}
