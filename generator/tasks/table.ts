import { imageClassification } from './image-classification/task.ts';
import { imageToImage } from './image-to-image/task.ts';
import { objectDetection } from './object-detection/task.ts';
import { tabularClassification } from './tabular-classification/task.ts';
import { tabularRegression } from './tabular-regression/task.ts';
import type { SettingsOf, Task, TaskKind } from './settings.ts';
import type { GuessOf, HandlerParts, TaskModule } from './task.ts';
import { textClassification } from './text-classification/task.ts';
import { textEmbedding } from './text-embedding/task.ts';
import { tensor } from './tensor/task.ts';

/** Every task that a model can be served for; the first that fits is the guess, and tensors fit always. */
export const TASKS: { readonly [Kind in TaskKind]: TaskModule<SettingsOf<Kind>> } = {
  // Before classification: what detectors put out beside their boxes looks like a row of scores.
  'object-detection': objectDetection,
  'image-classification': imageClassification,
  'image-to-image': imageToImage,
  'text-classification': textClassification,
  'tabular-classification': tabularClassification,
  'tabular-regression': tabularRegression,
  'text-embedding': textEmbedding,
  tensor,
};

export const TASK_KINDS = Object.keys(TASKS) as readonly TaskKind[];

export type Guess = { [Kind in TaskKind]: GuessOf<SettingsOf<Kind>> }[TaskKind];

/** What a project needs of handler-template/ for its task. */
export function handlerOf(task: Task): HandlerParts {
  const { handler } = moduleOf(task);
  return typeof handler === 'function' ? handler(task) : handler;
}

/** The module of a task, as one that takes any task: settings and module always come from the same row. */
export function moduleOf({ kind }: Pick<Task, 'kind'>): TaskModule<Task> {
  return TASKS[kind] as unknown as TaskModule<Task>;
}
