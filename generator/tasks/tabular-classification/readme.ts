import type { Blueprint } from '../../blueprint.ts';
import type { Sample } from '../../render/fixtures.ts';
import { rowsReadme } from '../../tabular/readme.ts';
import type { ReadmeParts } from '../task.ts';
import type { TabularClassification } from './settings.ts';

/** The README's words on a classifier of rows. */
export function classifyRowsReadme(settings: TabularClassification, blueprint: Blueprint, sample: Sample): ReadmeParts {
  const { classes, scores } = settings;
  const told = classes.length > 0 ? { '…': 0.97 } : [0.97];
  const key = scores?.kind === 'raw' ? 'scores' : 'probabilities';
  return rowsReadme(settings, blueprint, sample, 'answer rows of features with their classes', {
    label: classes.length > 0 ? '…' : 0,
    ...(scores && { [key]: told }),
  });
}
