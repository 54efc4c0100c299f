import { CreateStackCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { readFile } from 'node:fs/promises';
import type { StageName } from '../../generator/blueprint.ts';
import { ToolError } from '../../generator/errors.ts';
import type { Io } from '../../generator/io.ts';
import { startProgress } from '../print/progress.ts';
import { call, type Aws } from './clients.ts';
import { rootCause } from './events.ts';
import { checkDeployable, readStack } from './stack-state.ts';
import { marker, watch } from './watch.ts';

const READY = new Set(['CREATE_COMPLETE', 'UPDATE_COMPLETE']);

/**
 * Makes a stack of a template without code, or brings it up to date; where nothing differs, nothing happens.
 *
 * @throws ToolError STACK_BUSY | STACK_BROKEN | DEPLOY_FAILED with the first cause
 */
export async function applyTemplate(
  aws: Aws,
  stackName: string,
  stage: StageName,
  template: string,
  io: Io,
): Promise<void> {
  const state = await readStack(aws, stackName);
  checkDeployable(state, { stackName, stage }, aws.region);
  const request = { StackName: stackName, TemplateBody: await readFile(template, 'utf8') };
  const isNew = state.kind === 'absent';
  const after = isNew ? undefined : await marker(aws, stackName);
  const stackId = await (isNew
    ? call(aws, (options) => aws.cloudFormation.send(new CreateStackCommand({ ...request, OnFailure: 'DELETE' }), options))
    : call(aws, (options) => aws.cloudFormation.send(new UpdateStackCommand(request), options))
  ).then(({ StackId }) => StackId, nothingToDo);
  if (stackId === undefined) return;
  const progress = startProgress(`Deploying ${stackName}`, 2, io);
  const { status, events } = await watch(aws, stackId, after, progress, io).finally(() => progress.stop());
  if (READY.has(status)) return;
  const cause = rootCause(events);
  throw new ToolError('DEPLOY_FAILED', {
    what: cause?.reason ?? `The stack ended as ${status}.`,
    where: `${cause ? `${cause.resource} (${cause.type}); ` : ''}stack ${stackName}`,
    next: `see to it in ${template}, then deploy again`,
  });
} // prettier-ignore

function nothingToDo(error: unknown): undefined {
  if (!(error instanceof Error) || !/No updates are to be performed/.test(error.message)) throw error;
}
