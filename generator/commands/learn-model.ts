import { basename, extname } from 'node:path';
import type { Preprocessing } from '../blueprint.ts';
import type { ModelHints } from '../questions/context.ts';
import { examineModel, type Examined, type ExamineOptions } from '../task/examine.ts';

/** All that the model, and what lies beside it, told; the hints are what questions may look at. */
export interface Learned {
  readonly examined: Examined;
  readonly hints: ModelHints;
}

/** Reads the model, mends a copy in memory, really runs it and guesses its task. @throws ToolError MODEL_…, TASK_DOES_NOT_FIT */
export async function learnModel(file: string, options: ExamineOptions): Promise<Learned> {
  const examined = await examineModel(file, options);
  return { examined, hints: hintsFrom(examined) };
}

/** What is certain enough not to be asked (the graph, a run, metadata, a file beside the model), and the likely rest. */
export function hintsFrom({ spec, guess }: Examined): ModelHints {
  const { fixed, preprocessing, scores, classes, labels, task } = guess;
  const certain = Object.entries(preprocessing).filter(([, { source }]) => source !== 'default');
  return {
    modelName: basename(spec.file, extname(spec.file)).slice(0, 64) || 'model',
    modelVersion: spec.metadata['model_version']?.slice(0, 64) || undefined,
    classes: classes.value,
    hasLabels: labels !== undefined,
    fixed: { ...fixed, size: [fixed.width, fixed.height] },
    preprocessing: Object.fromEntries(certain.map(([part, { value }]) => [part, value])) as Partial<Preprocessing>,
    likely: task.preprocessing,
    scores: scores.source === 'default' ? undefined : scores.value,
  };
}
