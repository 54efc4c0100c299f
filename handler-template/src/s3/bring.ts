import { bringModel, type Patience } from '../remote-model/download.ts';
import type { Opened } from '../remote-model/received.ts';
import type { Pinned } from './object.ts';

/** Brings the folder that `deploy` packed. @throws ModelError */
export function bringObject(
  object: Pinned,
  temporary: string,
  open: (object: Pinned) => Promise<Opened>,
  patience?: Patience,
): Promise<string> {
  const { bucket, key, version, sha256 } = object;
  const where = `s3://${bucket}/${key}?versionId=${version}`;
  return bringModel({ where, sha256, format: { kind: 'tar' } }, temporary, () => open(object), patience);
}
