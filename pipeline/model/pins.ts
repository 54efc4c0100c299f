import type { Stack } from '@aws-sdk/client-cloudformation';
import type { Parameters } from '../sam/argv.ts';
import { MODEL_BUCKET, type Target } from '../stage.ts';
import type { ModelVersion } from './version.ts';

/** Parameters of the template that say which model a stack has. */
export const PINS = { bucket: MODEL_BUCKET, id: 'ModelVersionId', sha256: 'ModelSha256' } as const;

/** The version that a stack is pinned to. */
export type Pinned = Pick<ModelVersion, keyof typeof PINS>;

export const parametersOf = ({ bucket, id, sha256 }: Pinned): Parameters => ({
  [PINS.bucket]: bucket,
  [PINS.id]: id,
  [PINS.sha256]: sha256,
});

/** The target, pinned. */
export const pinnedTo = (target: Target, version: Pinned): Target => ({
  ...target,
  parameters: { ...target.parameters, ...parametersOf(version) },
});

/** What a deployed stack is pinned to; undefined where its model is none of S3's. */
export function pinsOf({ Parameters = [] }: Stack): Pinned | undefined {
  const value = (name: string): string =>
    Parameters.find(({ ParameterKey }) => ParameterKey === name)?.ParameterValue ?? '';
  const [bucket, id, sha256] = [value(PINS.bucket), value(PINS.id), value(PINS.sha256)];
  return bucket && id && sha256 ? { bucket, id, sha256 } : undefined;
}

/** Whether these are the same object, down to S3's version of it. */
export const isSame = (one: Pinned | undefined, other: Pinned): boolean =>
  one?.bucket === other.bucket && one.id === other.id && one.sha256 === other.sha256;
