import { choice, confirm, list, never, number, text } from './kinds.ts';
import type { TaskKind } from '../tasks/settings.ts';
import type { Questions } from './question.ts';

/** What the model is for. */
export const taskQuestion = {
  task: choice<TaskKind>({
    flag: '--task <task>',
    message: 'What the model does',
    choices: {
      'image-classification': 'a picture in, a score for each class out',
      'image-to-image': 'a picture in, a picture out',
      'text-classification': 'a text in, a score for each class out',
      'tabular-classification': 'rows of features in, a class for each out',
      'tabular-regression': 'rows of features in, a number for each out',
      'text-embedding': 'a text in, a vector out',
      'object-detection': 'a picture in, boxes with their classes out',
      tensor: 'tensors in, tensors out',
    },
    fallback: ({ hints }) => hints?.tasks[0],
    asked: ({ hints }) => (hints?.tasks.length ?? 0) > 1,
    fits: (kind, { hints }) =>
      hints === undefined || hints.tasks.includes(kind)
        ? undefined
        : `${hints.tasks.join(' or ')}, which the model fits`,
  }),
} satisfies Partial<Questions>;

/** How a classifier's answer is read. */
export const scoresQuestions = {
  labels: text<string | undefined>({
    flag: '--labels <file>',
    message: 'File with the class names, one a line (empty: classes are numbered)',
    asked: ({ hints }) => hints?.hasLabels !== true,
  }),
  scores: choice({
    flag: '--scores <kind>',
    message: 'What the model puts out',
    choices: {
      logits: 'raw scores, softmax is applied',
      probabilities: 'already between 0 and 1',
      'multi-label-logits': 'raw scores of classes of which several may hold, sigmoid is applied',
      'multi-label-probabilities': 'the same, already between 0 and 1',
    },
    fallback: ({ hints }) => hints?.scores ?? 'logits',
    asked: ({ hints }) => hints?.scores === undefined,
  }),
  top: number({
    flag: '--top <n>',
    message: 'Predictions in an answer where the request does not say',
    min: 1,
    max: 100,
    example: 5,
    asked: never,
    fallback: ({ hints }) => Math.min(5, hints?.classes ?? 5),
    fits: (value, { hints }) =>
      hints?.classes !== undefined && value > hints.classes
        ? `at most ${hints.classes}, the number of classes`
        : undefined,
  }),
} satisfies Partial<Questions>;

export const pictureQuestions = {
  pictures: list({
    flag: '--pictures <paths...>',
    message: 'Pictures to test with: a folder, or files with commas between them (empty: some are made up)',
    fallback: () => [],
  }),
} satisfies Partial<Questions>;

/** Beside the task. */
export const protocolQuestions = {
  protocol: confirm({
    flag: '--open-inference-protocol',
    negative: '--no-open-inference-protocol',
    message: 'Answer the Open Inference Protocol (tensors as JSON, /v2/…) too',
    asked: never,
    fallback: () => true,
  }),
} satisfies Partial<Questions>;
