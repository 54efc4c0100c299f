import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import { ToolError } from '../../generator/errors.ts';
import { readTemplate } from '../project.ts';
import { listFiles, type FileSize } from './files.ts';
import { LIMITS } from '../../generator/template/limits.ts';

const deflate = promisify(deflateRaw);

/** One zip that Lambda gets. */
export interface Part {
  readonly id: string;
  readonly kind: 'function' | 'layer';
  readonly files: readonly FileSize[];
  /** Bytes as Lambda unpacks it. */
  readonly unzipped: number;
  /** Bytes of the zip; only worked out for the function, layers are too big for it to be free. */
  readonly zipped?: number;
}

const KINDS: Readonly<Record<string, { kind: Part['kind']; uri: string }>> = {
  'AWS::Serverless::Function': { kind: 'function', uri: 'CodeUri' },
  'AWS::Serverless::LayerVersion': { kind: 'layer', uri: 'ContentUri' },
};

/** Weighs what a build made, part by part; the template in `buildDir` says where each lies. */
export async function weigh(buildDir: string): Promise<Part[]> {
  const template = await readTemplate(join(buildDir, 'template.yaml'));
  const parts: Part[] = [];
  for (const [id, resource] of Object.entries(template.Resources)) {
    const known = KINDS[resource.Type];
    const uri = known && resource.Properties?.[known.uri];
    if (!known || typeof uri !== 'string' || uri.startsWith('s3://')) continue;
    const folder = resolve(buildDir, uri);
    const files = await listFiles(folder);
    const unzipped = files.reduce((sum, { bytes }) => sum + bytes, 0);
    const zipped =
      known.kind === 'function' && unzipped <= LIMITS.zip.max ? { zipped: await zipSize(folder, files) } : {};
    parts.push({ id, kind: known.kind, files, unzipped, ...zipped });
  }
  return parts;
}

/** Bytes of a zip with these files: local header and central entry of each, its deflated data, and the end record. */
async function zipSize(folder: string, files: readonly FileSize[]): Promise<number> {
  let bytes = 22;
  for (const { path } of files) {
    const data = await deflate(await readFile(join(folder, path)));
    bytes += 30 + 46 + 2 * Buffer.byteLength(path) + data.length;
  }
  return bytes;
}

/** Platforms that onnxruntime-node and sharp ship besides Lambda's own. */
const FOREIGN = /(?:^|\/)(?:darwin|win32)(?:\/|-|$)|sharp-(?:darwin|win32)/;

/** The folders that take the most room, at most `depth` deep, biggest first. */
export function heaviest(part: Part, depth = 6, count = 4): FileSize[] {
  const sizes = new Map<string, number>();
  for (const { path, bytes } of part.files) {
    const folder = path.split('/').slice(0, depth).join('/');
    sizes.set(folder, (sizes.get(folder) ?? 0) + bytes);
  }
  return [...sizes].map(([path, bytes]) => ({ path, bytes })).sort((a, b) => b.bytes - a.bytes).slice(0, count); // prettier-ignore
}

/**
 * Holds the parts against Lambda's 250 MB.
 *
 * @throws ToolError ARTIFACT_TOO_LARGE naming what takes the room and what to do about it
 */
export function checkWeight(parts: readonly Part[]): void {
  const total = parts.reduce((sum, { unzipped }) => sum + unzipped, 0);
  if (total <= LIMITS.unzipped.max) return;
  const [biggest] = [...parts].sort((a, b) => b.unzipped - a.unzipped);
  const unpruned = parts.find((part) => part.files.some(({ path }) => FOREIGN.test(path)));
  const guilty = unpruned ?? biggest;
  const room = guilty ? heaviest(guilty).map(({ path, bytes }) => `${path} ${megabytes(bytes)}`) : [];
  throw new ToolError('ARTIFACT_TOO_LARGE', {
    what: `Function and layers unpack to ${megabytes(total)}, more than Lambda takes.`,
    where: `${guilty?.id ?? ''}: ${room.join(', ')}`,
    expected: `at most ${megabytes(LIMITS.unzipped.max)} together`,
    next: unpruned
      ? 'npm config set ignore-scripts false, then build again: the layer was not pruned, its install script did not run'
      : 'a smaller model: float16 or int8 weights, or a smaller network',
  });
}

/** Bytes as people read them: `26.6 MB` (of 1024 × 1024), `41.3 kB` below one. */
export function megabytes(bytes: number): string {
  return bytes < 1_048_576 ? `${(bytes / 1024).toFixed(1)} kB` : `${(bytes / 1_048_576).toFixed(1)} MB`;
}
