import type { StageName } from '../../generator/blueprint.ts';
import { ToolError } from '../../generator/errors.ts';
import type { Io } from '../../generator/io.ts';
import { changeRows } from '../aws/change-set.ts';
import type { Aws } from '../aws/clients.ts';
import { canAsk, confirm } from '../print/ask.ts';
import { printTable } from '../print/table.ts';
import type { Target } from '../stage.ts';
import { startPlan, type Started } from './apply.ts';
import { discardPlan, type Plan } from './plan.ts';

/** Stages that are asked about before anything changes. */
const ASKED: ReadonlySet<StageName> = new Set(['prod']);

/** Whether to ask. @param command what would not ask. @throws ToolError ANSWERS_MISSING where it must and nobody is there */
export function mustAsk(stage: StageName, yes: boolean | undefined, command: string, io: Io): boolean {
  if (!ASKED.has(stage) || yes === true) return false;
  if (canAsk(io)) return true;
  throw new ToolError('ANSWERS_MISSING', {
    what: `A deployment to ${stage} is asked about first, and nobody is here to answer.`,
    where: '--yes',
    next: `${command} --stage ${stage} --yes`,
  });
}

/** Shows the changes, asks where it must, hands them over. A plan that is not executed leaves nothing behind. */
export async function startShown(
  plan: Plan & { kind: 'changes' },
  target: Target,
  asks: boolean,
  aws: Aws,
  io: Io,
): Promise<Started> {
  try {
    printTable(['change', 'resource', 'type', 'replacement'], changeRows(plan.changes), io);
    if (asks) await confirm(`Deploy these ${plan.changes.length} changes to ${target.stackName}?`, io);
    return await startPlan(aws, target, plan.changeSet);
  } catch (error) {
    await discardPlan(aws, target, plan.changeSet);
    throw error;
  }
}
