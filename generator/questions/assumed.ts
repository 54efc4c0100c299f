import type { Given } from './collect.ts';
import type { Context } from './context.ts';
import { scoresQuestions } from './model-questions.ts';
import { preprocessingQuestions } from '../pictures/questions.ts';
import { resultQuestions } from '../tasks/image-to-image/questions.ts';
import { featureQuestions } from '../tabular/questions.ts';
import { textQuestions } from '../text/questions.ts';
import { detectionQuestions } from '../tasks/object-detection/questions.ts';
import { flagName, type AnswerName, type Question } from './question.ts';
import { questions } from './table.ts';

const OF_THE_MODEL = Object.keys({
  ...scoresQuestions,
  ...featureQuestions,
  ...preprocessingQuestions,
  ...resultQuestions,
  ...textQuestions,
  ...detectionQuestions,
}) as readonly AnswerName[];

/**
 * What was taken for granted about the model: a person would have been asked, but nobody could be. As flags, since a flag changes it.
 *
 * @example ['--resize crop', '--mean 0.485,0.456,0.406']
 */
export function assumed(given: Given, context: Context): readonly string[] {
  return OF_THE_MODEL.flatMap((name) => {
    const question = questions[name] as Question<unknown>;
    const answer = context.answers[name];
    if (given[name] !== undefined || answer === undefined || !question.asked(context)) return [];
    if (question.kind === 'confirm') return [answer === true ? question.flag : (question.negative ?? '')];
    return [`${flagName(question)} ${question.print(answer)}`];
  });
}
