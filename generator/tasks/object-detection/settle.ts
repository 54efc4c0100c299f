import { answersOfPreprocessing, preprocessingFrom } from '../../pictures/settle.ts';
import type { Answers } from '../../questions/answers.ts';
import type { GuessOf } from '../task.ts';
import { answerOf, classesOf, HEAD_ANSWERS, headFrom } from './heads/answers.ts';
import type { ObjectDetection } from './settings.ts';

/** The guess with what was answered. */
export function settleDetector({ task, hints }: GuessOf<ObjectDetection>, answers: Answers): ObjectDetection {
  const { scoreThreshold, iouThreshold, maxDetections, suppression } = answers;
  const chosen = headFrom(hints.heads ?? [], answers);
  const head = chosen?.head ?? task.head;
  const classes = chosen ? classesOf(chosen) : task.classes;
  return {
    kind: task.kind,
    input: task.input,
    head,
    ...(classes !== undefined && { classes }),
    scoreThreshold,
    iouThreshold,
    maxDetections,
    suppression,
    preprocessing: preprocessingFrom(answers),
  };
}

/** What `settleDetector` took from the answers. */
export function answersOfDetector(settings: ObjectDetection): Partial<Answers> {
  const { head, scoreThreshold, iouThreshold, maxDetections, suppression, preprocessing } = settings;
  const ofHead = HEAD_ANSWERS.map((name) => [name, answerOf(head, name)] as const);
  return {
    head: head.kind,
    ...(Object.fromEntries(ofHead.filter(([, answer]) => answer !== undefined)) as Partial<Answers>),
    scoreThreshold,
    iouThreshold,
    maxDetections,
    suppression,
    ...answersOfPreprocessing(preprocessing),
  };
}
