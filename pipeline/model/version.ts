import { createHash } from 'node:crypto';
import type { Blueprint } from '../../generator/blueprint.ts';

/** A model in its bucket: a tar of a model's folder that never changes. */
export interface ModelVersion {
  /** For people: what the Blueprint calls the model's version, and the first digits of the sha256. */
  readonly name: string;
  readonly sha256: string;
  readonly bucket: string;
  readonly key: string;
  /** S3's id of the version. */
  readonly id: string;
  readonly bytes: number;
  /** ISO 8601. */
  readonly uploaded: string | undefined;
  /** Digest of the signature that it was pushed with; undefined where it was not pushed by us. */
  readonly signature: string | undefined;
}

/** What an object says of itself. S3 keeps such words as HTTP headers: short, and ASCII. */
export interface Description {
  readonly sha256: string;
  readonly name: string;
  readonly signature: string;
}

const DIGITS = 8;

/** `1-3fa2b0c9`: can be said, typed, and put into a shell's command as it is. */
export function versionName(version: string, sha256: string): string {
  const said = version.replace(/[^A-Za-z0-9._]+/g, '-').replace(/^[-.]+|-+$/g, '').slice(0, 40); // prettier-ignore
  return `${said || 'model'}-${sha256.slice(0, DIGITS)}`;
}

/** Whether somebody who wrote `text` means this version: its name, or its sha256 or enough of its beginning. */
export const isMeant = ({ name, sha256 }: Pick<ModelVersion, 'name' | 'sha256'>, text: string): boolean =>
  name === text || (text.length >= DIGITS && sha256.startsWith(text));

/** What a model takes and gives as one digest: equal where one can stand in for the other without a change of code. */
export function signatureDigest({ inputs, outputs }: Pick<Blueprint['model'], 'inputs' | 'outputs'>): string {
  const sides = [inputs, outputs].map((tensors) =>
    tensors.map(({ name, elementType, dims }) => JSON.stringify([name, elementType, dims])).sort(),
  );
  return createHash('sha256').update(JSON.stringify(sides)).digest('hex');
}

/** Where a stack's models are in their bucket: the function's role may read no others. */
export const modelPrefix = ({ stackName }: { readonly stackName: string }): string => `${stackName}/`;

/** sha256 in the key of a model. */
export const sha256In = (key: string): string | undefined => /\/([0-9a-f]{64})\.tar$/.exec(key)?.[1];
