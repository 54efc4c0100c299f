import type { Blueprint } from '../../blueprint.ts';
import type { Sample } from '../../render/fixtures.ts';
import { rowsReadme } from '../../tabular/readme.ts';
import type { ReadmeParts } from '../task.ts';
import type { TabularRegression } from './settings.ts';

/** The README's words on a regressor of rows. */
export function regressRowsReadme(settings: TabularRegression, blueprint: Blueprint, sample: Sample): ReadmeParts {
  const prediction = settings.targets === 1 ? 152.1 : [152.1];
  return rowsReadme(settings, blueprint, sample, 'answer rows of features with a prediction for each', { prediction });
}
