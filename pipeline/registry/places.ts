import type { Aws } from '../aws/clients.ts';
import { outputsOf, readStack } from '../aws/stack-state.ts';
import type { Project } from '../project.ts';
import type { Uploads } from '../sam/argv.ts';
import type { Target } from '../stage.ts';

/** What a registry's stack made. */
export interface Registry {
  readonly bucket: string;
  /** Of projects that are packaged as images. */
  readonly repository: string | undefined;
}

/** The registry of a stage; undefined where its stack is not there, or is not done. */
export async function readRegistry(aws: Aws, { registry }: Pick<Target, 'registry'>): Promise<Registry | undefined> {
  const state = await readStack(aws, registry);
  if (state.kind !== 'ready') return undefined;
  const { BucketName: bucket, RepositoryUri: repository } = outputsOf(state.stack);
  return bucket === undefined ? undefined : { bucket, repository };
}

/** Where a stage's artifacts go: its registry where it has one, else what SAM makes. What samconfig.yaml names comes first. */
export function uploadsOf({ blueprint }: Project, target: Target, registry: Registry | undefined): Uploads {
  const { bucket, repository } = registry ?? {};
  const found = repository === undefined ? ('made by SAM' as const) : { uri: repository };
  const ofImages = blueprint.package.kind === 'image' && target.repository === undefined;
  return { bucket, prefix: target.prefix, repository: ofImages ? found : undefined };
}

/** Where images go, as far as anybody knows before SAM does. */
export const repositoryOf = ({ repository }: Uploads, target: Target): string | undefined =>
  typeof repository === 'object' ? repository.uri : target.repository;
