import { DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import type { S3Client } from '@aws-sdk/client-s3';
import { ToolError } from '../../generator/errors.ts';
import type { Io } from '../../generator/io.ts';
import { deleteBucket, deleteVersions, hasBucket, listVersions } from '../aws/buckets.ts';
import { call, type Aws } from '../aws/clients.ts';
import { rootCause } from '../aws/events.ts';
import { deleteLogGroup, existingLogGroups } from '../aws/logs.ts';
import { describe } from '../aws/stack-state.ts';
import { marker, watch } from '../aws/watch.ts';
import { startProgress } from '../print/progress.ts';
import { emptyCompanion } from './companion.ts';
import { MANAGED_STACK, type Inventory } from './inventory.ts';

/** Deletes a stack and follows it to its end. @throws ToolError DEPLOY_FAILED with what could not be deleted */
export async function deleteStack(aws: Aws, stackName: string, count: number, io: Io): Promise<void> {
  const stackId = (await describe(aws, stackName))?.StackId;
  if (stackId === undefined) return;
  const after = await marker(aws, stackId);
  await call(aws, (options) => aws.cloudFormation.send(new DeleteStackCommand({ StackName: stackId }), options));
  const progress = startProgress(`Deleting ${stackName}`, count, io);
  const { status, events } = await watch(aws, stackId, after, progress, io).finally(() => progress.stop());
  if (status === 'DELETE_COMPLETE') return;
  const cause = rootCause(events);
  throw new ToolError('DEPLOY_FAILED', {
    what: cause?.reason ?? `The stack ended as ${status}.`,
    where: `${cause ? `${cause.resource} (${cause.type}); ` : ''}stack ${stackName} is ${status}`,
    next: 'see to this resource, then run onnx-lambda destroy again',
  });
}

/** Removes all that was found: contents of buckets first, or CloudFormation would keep them; leftovers after the stack. */
export async function removeAll(
  aws: Aws,
  stackName: string,
  inventory: Inventory,
  client: S3Client,
  io: Io,
): Promise<void> {
  for (const { name, versions } of inventory.buckets) await deleteVersions(aws, client, name, versions);
  if (inventory.state.kind !== 'absent') await deleteStack(aws, stackName, inventory.resources.length, io);
  for (const { name } of inventory.buckets) {
    // One that the template retains, or that got new objects meanwhile.
    if (!(await hasBucket(aws, client, name))) continue;
    await deleteVersions(aws, client, name, await listVersions(aws, client, name, ''));
    await deleteBucket(aws, client, name);
  }
  for (const name of await existingLogGroups(aws, inventory.logGroups)) await deleteLogGroup(aws, name);
  for (const content of [inventory.artifacts, inventory.packages, inventory.models]) {
    if (content) await deleteVersions(aws, client, content.name, content.versions);
  }
  if (inventory.companion) {
    await emptyCompanion(aws, inventory.companion);
    await deleteStack(aws, inventory.companion.stackName, 2, io);
  }
  if (inventory.modelsStack !== undefined) await deleteStack(aws, inventory.modelsStack, 2, io);
}

/** Removes SAM's bucket with its stack, where it is empty at this very moment. Answers whether it did. */
export async function removeSharedBucket(aws: Aws, bucket: string, client: S3Client, io: Io): Promise<boolean> {
  if ((await listVersions(aws, client, bucket, '')).length > 0) return false;
  await deleteStack(aws, MANAGED_STACK, 2, io);
  if (await hasBucket(aws, client, bucket)) await deleteBucket(aws, client, bucket);
  return true;
}
