import { join, resolve } from 'node:path';
import { ToolError } from '../../generator/errors.ts';
import { megabytes } from '../../generator/megabytes.ts';
import type { Engine } from '../docker.ts';
import { readTemplate, type Resource } from '../project.ts';
import { listFiles, type FileSize } from './files.ts';
import { LIMITS } from '../../generator/template/limits.ts';

/** One zip or image that Lambda gets. */
export interface Part {
  readonly id: string;
  readonly kind: 'function' | 'layer' | 'image';
  /** Where its files are, relative to the build; an image's name on this machine. */
  readonly uri: string;
  /** Of an image, the lines that it was made by. */
  readonly files: readonly FileSize[];
  /** Bytes as Lambda unpacks it. */
  readonly unzipped: number;
}

const KINDS: Readonly<Record<string, { kind: 'function' | 'layer'; uri: string }>> = {
  'AWS::Serverless::Function': { kind: 'function', uri: 'CodeUri' },
  'AWS::Serverless::LayerVersion': { kind: 'layer', uri: 'ContentUri' },
};

/** Weighs what a build made, part by part; the template in `buildDir` says where each lies, the engine has the images. */
export async function weigh(buildDir: string, engine?: Engine): Promise<Part[]> {
  const template = await readTemplate(join(buildDir, 'template.yaml'));
  const parts: Part[] = [];
  for (const [id, resource] of Object.entries(template.Resources)) {
    const image = imageOf(resource);
    if (image !== undefined && engine) parts.push(await weighImage(id, image, engine));
    const known = KINDS[resource.Type];
    const uri = known && resource.Properties?.[known.uri];
    if (!known || typeof uri !== 'string' || uri.startsWith('s3://')) continue;
    const files = await listFiles(resolve(buildDir, uri));
    const unzipped = files.reduce((sum, { bytes }) => sum + bytes, 0);
    parts.push({ id, kind: known.kind, uri, files, unzipped });
  }
  return parts;
}

/** Name of the image that a function of a built template runs; undefined for a zip, and for an image that is in a registry already. */
export function imageOf({ Type, Properties }: Resource): string | undefined {
  const uri = Properties?.['ImageUri'];
  const isLocal = Type === 'AWS::Serverless::Function' && typeof uri === 'string' && !uri.includes('/');
  return isLocal ? uri : undefined;
}

async function weighImage(id: string, name: string, engine: Engine): Promise<Part> {
  const files = (await engine.steps(name)).map(({ line, bytes }) => ({ path: line, bytes }));
  return { id, kind: 'image', uri: name, files, unzipped: (await engine.image(name))?.bytes ?? 0 };
}

/** Platforms that onnxruntime-node and sharp ship besides Lambda's own. */
const FOREIGN = /(?:^|\/)(?:darwin|win32)(?:\/|-|$)|sharp-(?:darwin|win32)/;

/** Path of the folder that a file counts to. */
type Grouping = (path: string) => string;

export const byFolder: Grouping = (path) => path.split('/').slice(0, 6).join('/');

/** The name of the package that a file belongs to, a nested package for itself; its path where it is in none. */
export const byPackage: Grouping = (path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? path;

/** What takes the most room, biggest first. */
export function heaviest(part: Pick<Part, 'files'>, group: Grouping, count = 4): FileSize[] {
  const sizes = new Map<string, number>();
  for (const { path, bytes } of part.files) {
    const name = group(path);
    sizes.set(name, (sizes.get(name) ?? 0) + bytes);
  }
  return [...sizes].map(([path, bytes]) => ({ path, bytes })).sort((a, b) => b.bytes - a.bytes).slice(0, count); // prettier-ignore
}

/** What Lambda takes of parts that are zips, or of an image, unpacked. */
export const limitOf = (parts: readonly Pick<Part, 'kind'>[]): { readonly max: number } =>
  parts.some(({ kind }) => kind === 'image') ? LIMITS.image : LIMITS.unzipped;

/**
 * Holds the parts against Lambda's 250 MB, or 10 GB for an image.
 *
 * @throws ToolError ARTIFACT_TOO_LARGE naming what takes the room and what to do about it
 */
export function checkWeight(parts: readonly Part[]): void {
  const total = parts.reduce((sum, { unzipped }) => sum + unzipped, 0);
  const { max } = limitOf(parts);
  if (total <= max) return;
  const [biggest] = [...parts].sort((a, b) => b.unzipped - a.unzipped);
  const unpruned = parts.find((part) => part.files.some(({ path }) => FOREIGN.test(path)));
  const guilty = unpruned ?? biggest;
  const room = guilty ? heaviest(guilty, byFolder).map(({ path, bytes }) => `${path} ${megabytes(bytes)}`) : [];
  throw new ToolError('ARTIFACT_TOO_LARGE', {
    what: `Function and layers unpack to ${megabytes(total)}, more than Lambda takes.`,
    where: `${guilty?.id ?? ''}: ${room.join(', ')}`,
    expected: `at most ${megabytes(max)} together`,
    next: unpruned
      ? 'npm config set ignore-scripts false, then build again: the layer was not pruned, its install script did not run'
      : 'onnx-lambda update --package image or --model-source s3, or a smaller model: float16 or int8 weights, or a smaller network',
  });
}
