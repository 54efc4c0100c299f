import { findLabels } from '../../hints/find-labels.ts';
import type { LabelsHint, ModelFacts } from '../task.ts';
import { classesOf } from './heads/answers.ts';
import type { HeadGuess } from './heads/head-guess.ts';

/** Names of the classes; a list that names the background as well is taken without it. */
export function detectionLabels(guess: HeadGuess, facts: ModelFacts): LabelsHint | undefined {
  const { head, scores } = guess;
  const classes = classesOf(guess);
  const labels = findLabels(facts, classes);
  if (labels || classes === scores || head.kind !== 'ssd') return labels;
  const all = findLabels(facts, scores);
  return all && { ...all, value: head.background === 'first' ? all.value.slice(1) : all.value.slice(0, -1) };
}
