import { functionQuestions } from './function-questions.ts';
import { pictureQuestions, protocolQuestions, scoresQuestions, taskQuestion } from './model-questions.ts';
import { preprocessingQuestions } from '../pictures/questions.ts';
import { resultQuestions } from '../tasks/image-to-image/questions.ts';
import { featureQuestions } from '../tabular/questions.ts';
import { projectQuestions, toolingQuestions } from './project-questions.ts';
import { textQuestions } from '../text/questions.ts';
import { detectionQuestions } from '../tasks/object-detection/questions.ts';
import type { TaskKind } from '../tasks/settings.ts';
import { TASKS } from '../tasks/table.ts';
import type { AnswerName, Questions } from './question.ts';
import { stageQuestions } from './stage-questions.ts';
import { wayQuestions } from './way-questions.ts';

const { dir, model, ...project } = projectQuestions;

/** Every question with its flag, in the order in which they are asked. */
export const questions: Questions = {
  dir,
  model,
  ...taskQuestion,
  ...project,
  ...scoresQuestions,
  ...detectionQuestions,
  ...featureQuestions,
  ...preprocessingQuestions,
  ...resultQuestions,
  ...pictureQuestions,
  ...textQuestions,
  ...protocolQuestions,
  ...wayQuestions,
  ...functionQuestions,
  ...stageQuestions,
  ...toolingQuestions,
};

export const ANSWER_NAMES = Object.keys(questions) as readonly AnswerName[];

/** Answered before the model is read; the rest may look at what it says. */
export const BEFORE_MODEL = ['dir', 'model'] as const satisfies readonly AnswerName[];

/** Questions that only some tasks have. */
const OF_TASKS: ReadonlySet<AnswerName> = new Set(Object.values(TASKS).flatMap((task) => task.questions));

/** What is asked once the task is settled, in the table's order. */
export function afterTask(kind: TaskKind): readonly AnswerName[] {
  const settled: readonly AnswerName[] = [...BEFORE_MODEL, 'task'];
  const own = TASKS[kind].questions;
  return ANSWER_NAMES.filter((name) => !settled.includes(name) && (own.includes(name) || !OF_TASKS.has(name)));
}
