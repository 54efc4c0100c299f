import { ToolError } from '../errors.ts';
import { openSource } from '../formats/open-source.ts';
import type { Source } from '../formats/source.ts';
import type { Command, Io } from '../io.ts';
import { mendModel } from '../model/mend.ts';
import { probeModel } from '../model/probe.ts';
import { readModel } from '../model/read.ts';
import type { ModelSpec } from '../model/spec.ts';
import type { Trial } from '../model/trial.ts';
import { guessTask } from '../tasks/guess.ts';
import type { SideFile } from '../hints/side-files.ts';
import { sizeHint } from '../tasks/size-hint.ts';
import type { Guess } from '../tasks/table.ts';
import { inspectionTables } from './inspect-tables.ts';
import { inspection, toJson } from './inspection.ts';
import { readChoice } from './model-choice.ts';

export interface InspectOptions {
  readonly model: string;
  readonly json?: boolean;
  /** `--no-run`: leave the trial run out. */
  readonly run?: boolean;
  readonly modelFile?: string;
  readonly tritonVersion?: string;
  readonly modelSha256?: string;
}

/** `onnx-lambda inspect model.onnx`: what the file says of itself, what a trial run shows, which task it suggests and why. */
export const inspect: Command<InspectOptions> = async ({ model, json, run = true, ...choose }, io) => {
  const source = await openSource(model, { ...io, ...readChoice(choose) });
  try {
    return await show(source, { json, run }, io);
  } finally {
    await source.dispose();
  }
};

async function show(
  source: Source,
  { json, run }: { json: boolean | undefined; run: boolean },
  io: Io,
): Promise<number> {
  const { modelFile, sideFiles, note } = source;
  if (note !== undefined) io.stderr.write(`${note}\n`);
  const spec = await readModel(modelFile);
  const trial = run ? await tryModel(spec, sideFiles, io.signal) : undefined;
  const found = inspection({ source, spec, trial, ...suggest(spec, sideFiles, trial) });
  io.stdout.write(json ? `${JSON.stringify(toJson(found), null, 2)}\n` : inspectionTables(found, io.stdout));
  return 0;
}

async function tryModel(spec: ModelSpec, sideFiles: readonly SideFile[], signal: AbortSignal): Promise<Trial> {
  return probeModel({ spec, mended: await mendModel(spec) }, { signal, size: sizeHint({ spec, sideFiles }) });
}

/** A model that fits no task is worth looking at all the same. */
function suggest(
  spec: ModelSpec,
  sideFiles: readonly SideFile[],
  trial: Trial | undefined,
): { guess: Guess | undefined; misfit: string | undefined } {
  try {
    return { guess: guessTask(spec, sideFiles, trial), misfit: undefined };
  } catch (error) {
    if (error instanceof ToolError && error.code === 'TASK_DOES_NOT_FIT') {
      return { guess: undefined, misfit: error.trouble.what };
    }
    throw error;
  }
}
