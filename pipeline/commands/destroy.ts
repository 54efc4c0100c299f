import { ToolError } from '../../generator/errors.ts';
import type { Command, Io } from '../../generator/io.ts';
import { s3 } from '../aws/buckets.ts';
import { connect } from '../aws/clients.ts';
import { checkAccount, whoAmI } from '../aws/identity.ts';
import { stackBusy } from '../aws/stack-state.ts';
import { inventoryRows, isEmpty, takeInventory, type Inventory } from '../destroy/inventory.ts';
import { removeAll, removeSharedBucket } from '../destroy/remove.ts';
import { canAsk, choose, confirm, confirmByTyping } from '../print/ask.ts';
import { printTable } from '../print/table.ts';
import { readProject } from '../project.ts';
import { parseStage, targetOf, type Target } from '../stage.ts';
import type { DeployOptions } from './deploy.ts';

/** `onnx-lambda destroy`: shows what was made for a stage, asks, and removes it. */
export const destroy: Command<DeployOptions> = async (options, io) => {
  const stage = parseStage(options.stage);
  const target = targetOf(await readProject(io.cwd), stage, options);
  const unattended = options.yes === true;
  if (!unattended && !canAsk(io)) throw nobodyToAsk(target);

  const aws = await connect(target.region, io);
  const identity = await whoAmI(aws);
  checkAccount(target, identity);
  const client = s3(aws, io);
  const inventory = await takeInventory(aws, target, client, identity.account);
  if (inventory.state.kind === 'busy') throw stackBusy(target.stackName, inventory.state.status);
  if (isEmpty(inventory)) {
    io.stderr.write(`Nothing to remove: ${target.stackName} is already absent.\n`);
    return 0;
  }
  printTable(['what goes', 'name', ''], inventoryRows(inventory, target), io);
  if (!unattended) await ask(target, io);
  await removeAll(aws, target.stackName, inventory, client, io);
  if (await bucketMayGo(inventory, unattended, io))
    await removeSharedBucket(aws, inventory.artifacts?.name ?? '', client, io);
  io.stderr.write(`${target.stackName} is removed.\n`);
  return 0;
};

/** prod goes only after its name was typed. */
const ask = (target: Target, io: Io): Promise<void> =>
  target.stage === 'prod'
    ? confirmByTyping(`This removes the production stack ${target.stackName}.`, target.stackName, io)
    : confirm(`Remove all of this?`, io);

/** SAM's bucket is for all SAM projects of the account: it goes only when nothing else is in it, and on a yes of its own. */
async function bucketMayGo({ artifacts, bucketIsOursAlone }: Inventory, unattended: boolean, io: Io): Promise<boolean> {
  if (!artifacts || !bucketIsOursAlone) return false;
  return (
    unattended || choose(`${artifacts.name} is empty now. Other SAM projects may use it later; remove it too?`, io)
  );
}

const nobodyToAsk = ({ stage, stackName }: Target): ToolError =>
  new ToolError('ANSWERS_MISSING', {
    what: `Removing ${stackName} is asked about first, and nobody is here to answer.`,
    where: '--yes',
    next: `onnx-lambda destroy --stage ${stage} --yes`,
  });
