import { measured } from '../model/measured.ts';
import { mendModel } from '../model/mend.ts';
import { probeModel } from '../model/probe.ts';
import { readModel } from '../model/read.ts';
import type { Served } from '../model/served-copy.ts';
import type { Trial } from '../model/trial.ts';
import { checkTask, guessTasks } from './guess.ts';
import { readSideFiles, type SideFile } from '../hints/side-files.ts';
import { sizeHint } from './size-hint.ts';
import type { Guess } from './table.ts';

/** A model that was read, mended, run and understood. */
export interface Examined extends Served {
  readonly sideFiles: readonly SideFile[];
  readonly trial: Trial;
  /** The tasks that it fits, the likeliest first. */
  readonly guesses: readonly [Guess, ...Guess[]];
}

export interface ExamineOptions {
  readonly signal?: AbortSignal | undefined;
  /** The task that was asked for; else the first that fits. */
  readonly task?: string | undefined;
  /** Height and width that were asked for, where the graph leaves them open. */
  readonly size?: { readonly height: number; readonly width: number } | undefined;
  /** Files that came with the model; else those beside it are read. */
  readonly sideFiles?: readonly SideFile[] | undefined;
}

/**
 * All that the generator needs to know of a model file, in order: read, mend on a copy, load and run, guess the task.
 *
 * @throws ToolError MODEL_…, TASK_DOES_NOT_FIT
 */
export async function examineModel(file: string, options: ExamineOptions = {}): Promise<Examined> {
  const spec = await readModel(file);
  const sideFiles = options.sideFiles ?? (await readSideFiles(spec.file));
  checkTask(spec, options.task, sideFiles);
  const mended = await mendModel(spec);
  const size = options.size ?? sizeHint({ spec, sideFiles });
  const trial = await probeModel({ spec, mended }, { signal: options.signal, size });
  const guesses = guessTasks(spec, sideFiles, trial, options.task);
  return { spec, mended: measured(mended, trial, spec.served.unknownRank), sideFiles, trial, guesses };
}
