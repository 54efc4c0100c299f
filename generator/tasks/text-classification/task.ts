import { kindOfScores, problemOf } from '../../classes/scores.ts';
import { describeTensor } from '../../hints/describe.ts';
import { hint } from '../../hints/hint.ts';
import type { ScoresOutput } from '../../pictures/signature.ts';
import { textFixtures } from '../../text/fixtures.ts';
import { textHandler } from '../../text/handler.ts';
import { guessText, TEXT_INPUT, type TextGuess } from '../../text/input.ts';
import { reasonsOf, textHints, tokenizerFiles, tokensAnswer, withMaxTokens } from '../../text/settle.ts';
import type { Fit, GuessOf, ModelFacts, TaskModule } from '../task.ts';
import { classesOutput, labelsOf } from './classes.ts';
import { textClassesOperation } from './operation.ts';
import { textClassesReadme } from './readme.ts';
import type { TextClassification } from './settings.ts';

const EXPECTED = `${TEXT_INPUT}; and an output N×K with a score a class`;
const TOP = 5;

/** Texts in, a score for each class out. */
export const textClassification: TaskModule<TextClassification> = {
  kind: 'text-classification',
  name: 'Text classification',
  title: 'a text in, a score for each class out',
  fit,
  guess,
  sizeHint: () => undefined,
  questions: ['labels', 'scores', 'top', 'maxTokens'],
  settle: ({ task }, { scores, top, maxTokens }) => ({
    ...task,
    input: withMaxTokens(task.input, maxTokens),
    scores,
    top,
  }),
  answers: ({ input, scores, top }) => ({ scores, top, ...tokensAnswer(input) }),
  classes: ({ classes }) => classes,
  operation: textClassesOperation,
  fixtures: (settings, parts) =>
    textFixtures(settings, parts, 'generator/tasks/text-classification/child/oracle.js', { labels: parts.labels }),
  readme: textClassesReadme,
  handler: (settings) => textHandler('text-classification', 'textClassification', settings),
  modelFiles: tokenizerFiles,
};

function fit(facts: ModelFacts): Fit {
  const misfit = (got: string): Fit => ({ kind: 'misfit', expected: EXPECTED, got });
  const input = guessText(facts);
  if (input.kind === 'other') return misfit(input.why);
  const problem = problemOf(facts);
  if (problem === 'regression') return misfit('config.json says problem_type regression');
  if (classesOutput(facts)) return { kind: 'fits' };
  const outputs = facts.outputs.map(describeTensor).join(', ');
  return facts.trial
    ? misfit(`no output is a row of scores: ${outputs}`)
    : { kind: 'unsure', why: `only a trial run tells the shape of ${outputs}` };
}

function guess(facts: ModelFacts): GuessOf<TextClassification> {
  const read = guessText(facts) as Extract<TextGuess, { kind: 'text' }>;
  const found = classesOutput(facts) as ScoresOutput;
  const classes = hint(found.classes, found.source, `Output ${found.tensor.name} has ${found.classes} scores.`);
  const scores = kindOfScores(found, facts);
  const labels = labelsOf(facts, found);
  return {
    kind: 'text-classification',
    task: {
      kind: 'text-classification',
      input: read.input,
      output: found.tensor.name,
      texts: read.texts,
      scores: scores.value,
      classes: classes.value,
      top: Math.min(TOP, classes.value),
    },
    labels,
    reasons: reasonsOf({ ...read.hints, classes, scores, labels }),
    hints: {
      classes: classes.value,
      hasLabels: labels !== undefined,
      scores: scores.source === 'default' ? undefined : scores.value,
      text: textHints(read, read.hints),
    },
  };
}
