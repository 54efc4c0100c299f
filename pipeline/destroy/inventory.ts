import type { S3Client } from '@aws-sdk/client-s3';
import { megabytes } from '../../generator/megabytes.ts';
import { hasBucket, listVersions, type Version } from '../aws/buckets.ts';
import type { Aws } from '../aws/clients.ts';
import { existingLogGroups } from '../aws/logs.ts';
import { idsOf, listResources } from '../aws/resources.ts';
import { describe, readStack, type StackState } from '../aws/stack-state.ts';
import { modelBucket } from '../model/bucket.ts';
import { modelPrefix } from '../model/version.ts';
import { findCompanion, type Companion } from './companion.ts';
import { readRegistry } from '../registry/places.ts';
import type { Target } from '../stage.ts';

/** The stack in which SAM keeps the bucket of artifacts, for all SAM projects of an account and region. */
export const MANAGED_STACK = 'aws-sam-cli-managed-default';

export interface BucketContent {
  readonly name: string;
  readonly versions: readonly Version[];
}

/** All that a deployment made, as it is found before anything is deleted. */
export interface Inventory {
  readonly state: StackState;
  readonly resources: readonly string[];
  /** Buckets of the stack: CloudFormation deletes only empty ones. */
  readonly buckets: readonly BucketContent[];
  readonly logGroups: readonly string[];
  /** What SAM uploaded for this stack. */
  readonly artifacts: BucketContent | undefined;
  /** What was put into the registry's bucket for this stack. */
  readonly packages: BucketContent | undefined;
  /** What SAM made for this stack's images. */
  readonly companion: Companion | undefined;
  /** Models that were uploaded for this stack. */
  readonly models: BucketContent | undefined;
  /** The stack that has the bucket of this stage's models alone. */
  readonly modelsStack: string | undefined;
  /** Nothing of another project is in SAM's bucket: it can go as well. */
  readonly bucketIsOursAlone: boolean;
}

/** Looks for everything that `destroy` would remove. */
export async function takeInventory(aws: Aws, target: Target, client: S3Client, account: string): Promise<Inventory> {
  const state = await readStack(aws, target.stackName);
  const resources = state.kind === 'absent' ? [] : await listResources(aws, target.stackName);
  const buckets = await Promise.all(
    idsOf(resources, 'AWS::S3::Bucket').map(async (name) => ({
      name,
      versions: await listVersions(aws, client, name, ''),
    })),
  );
  const managed = await managedBucket(aws);
  const all =
    managed && (await hasBucket(aws, client, managed)) ? await listVersions(aws, client, managed, '') : undefined;
  const ours = all?.filter(({ id }) => id.Key?.startsWith(`${target.prefix}/`)) ?? [];
  return {
    state,
    resources: resources.map(
      ({ LogicalResourceId = '', ResourceType = '' }) => `${LogicalResourceId} (${ResourceType})`,
    ),
    buckets,
    logGroups: await existingLogGroups(aws, logGroupNames(target, resources)),
    artifacts: managed && all ? { name: managed, versions: ours } : undefined,
    packages: await packagesOf(aws, target, client),
    companion: await findCompanion(aws, target.stackName),
    models: await modelsOf(aws, target, client, account),
    modelsStack: await modelsStackOf(aws, target),
    bucketIsOursAlone: all !== undefined && all.length === ours.length,
  };
}

async function packagesOf(aws: Aws, target: Target, client: S3Client): Promise<BucketContent | undefined> {
  const name = (await readRegistry(aws, target))?.bucket;
  return name === undefined
    ? undefined
    : { name, versions: await listVersions(aws, client, name, `${target.prefix}/`) };
}

/** A stack that is there and has nothing but the bucket. */
async function modelsStackOf(aws: Aws, { models }: Target): Promise<string | undefined> {
  if (models.kind !== 'stack') return undefined;
  return (await readStack(aws, models.stackName)).kind === 'absent' ? undefined : models.stackName;
}

/** A bucket may be shared by stacks and projects: only what is under this stack's name is looked at, unless it is this stage's alone. */
async function modelsOf(
  aws: Aws,
  target: Target,
  client: S3Client,
  account: string,
): Promise<BucketContent | undefined> {
  const name = await modelBucket(aws, target, account);
  if (name === undefined || !(await hasBucket(aws, client, name))) return undefined;
  const prefix = target.models.kind === 'stack' ? '' : modelPrefix(target);
  return { name, versions: await listVersions(aws, client, name, prefix) };
}

/** Log groups that belong to the stack, and those that Lambda and API Gateway make by themselves. */
function logGroupNames({ stackName, stage }: Target, resources: Parameters<typeof idsOf>[0]): string[] {
  const functions = [stackName, ...idsOf(resources, 'AWS::Lambda::Function')];
  const apis = idsOf(resources, 'AWS::ApiGateway::RestApi');
  return [
    ...functions.map((name) => `/aws/lambda/${name}`),
    ...apis.map((id) => `API-Gateway-Execution-Logs_${id}/${stage}`),
    ...idsOf(resources, 'AWS::Logs::LogGroup'),
  ];
}

/** SAM's own bucket of artifacts, as its stack names it. */
async function managedBucket(aws: Aws): Promise<string | undefined> {
  const stack = await describe(aws, MANAGED_STACK);
  return stack?.Outputs?.find(({ OutputKey }) => OutputKey === 'SourceBucket')?.OutputValue;
}

export const isEmpty = ({
  state,
  logGroups,
  artifacts,
  packages,
  companion,
  models,
  modelsStack,
}: Inventory): boolean =>
  state.kind === 'absent' &&
  companion === undefined &&
  logGroups.length === 0 &&
  modelsStack === undefined &&
  [artifacts, packages, models].every((one) => !one?.versions.length);

/** Rows for a person: what goes, and how much of it. */
export function inventoryRows(inventory: Inventory, target: Target): string[][] {
  const {
    state,
    resources,
    buckets,
    logGroups,
    artifacts,
    packages,
    companion,
    models,
    modelsStack,
    bucketIsOursAlone,
  } = inventory;
  const content = ({ versions }: BucketContent): string =>
    `${versions.length} objects and versions, ${megabytes(versions.reduce((sum, { bytes }) => sum + bytes, 0))}`;
  return [
    ...(state.kind === 'absent' ? [] : [['stack', target.stackName, `${resources.length} resources, ${state.status}`]]),
    ...buckets.map((bucket) => ['bucket', bucket.name, content(bucket)]),
    ...logGroups.map((name) => ['log group', name, '']),
    ...[artifacts, packages].flatMap((one) =>
      one && one.versions.length > 0 ? [['artifacts', `s3://${one.name}/${target.prefix}/`, content(one)]] : [],
    ),
    ...(companion ? [['stack', companion.stackName, `with images in ${companion.repositories.join(', ')}`]] : []),
    ...(models && models.versions.length > 0
      ? [['models', `s3://${models.name}/${modelPrefix(target)}`, content(models)]]
      : []),
    ...(modelsStack === undefined ? [] : [['stack', modelsStack, `with the bucket ${models?.name ?? ''}`]]),
    ...(artifacts && bucketIsOursAlone
      ? [['shared bucket', artifacts.name, `empty then; SAM makes it again (stack ${MANAGED_STACK})`]]
      : []),
  ];
}
