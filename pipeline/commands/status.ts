import { STAGES } from '../../generator/blueprint.ts';
import { ToolError } from '../../generator/errors.ts';
import type { Command, Io } from '../../generator/io.ts';
import { printTable } from '../print/table.ts';
import { readProject, type Project } from '../project.ts';
import { readStageStatus, type StageStatus } from '../status/read.ts';
import { statusRows } from '../status/rows.ts';
import { targetOf } from '../stage.ts';

export interface StatusOptions {
  readonly json?: boolean;
}

/** `onnx-lambda status`: the three stages side by side. One that can't be read says why in its own column. */
export const status: Command<StatusOptions> = async (options, io) => {
  const project = await readProject(io.cwd);
  const columns = await Promise.all(STAGES.map((stage) => columnFor(project, stage, io)));
  if (options.json) {
    const stages = Object.fromEntries(STAGES.map((stage, i) => [stage, columns[i]]));
    io.stdout.write(`${JSON.stringify({ name: project.blueprint.name, stages }, null, 2)}\n`);
  } else {
    printTable(['', ...STAGES], statusRows(columns), io);
  }
  return exitCode(columns);
};

const columnFor = async (project: Project, stage: (typeof STAGES)[number], io: Io): Promise<StageStatus> => {
  const target = targetOf(project, stage);
  try {
    return await readStageStatus(target, io);
  } catch (error) {
    if (!(error instanceof ToolError) || error.kind === 'cancelled') throw error;
    const { what, next } = error.trouble;
    return { kind: 'unreadable', stackName: target.stackName, code: error.code, exitCode: error.exitCode, what, next };
  }
};

/** 0 as soon as one stage could be read; else what the first one failed with. */
function exitCode(columns: readonly StageStatus[]): number {
  const [first] = columns;
  return columns.every(({ kind }) => kind === 'unreadable') && first?.kind === 'unreadable' ? first.exitCode : 0;
}
