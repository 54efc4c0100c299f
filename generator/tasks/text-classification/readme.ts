import type { Blueprint } from '../../blueprint.ts';
import type { Sample } from '../../render/fixtures.ts';
import { textReadme } from '../../text/readme.ts';
import type { ReadmeParts } from '../task.ts';
import type { TextClassification } from './settings.ts';

/** The README's words on a model that tells what kind of text it is. */
export function textClassesReadme(settings: TextClassification, blueprint: Blueprint, sample: Sample): ReadmeParts {
  const { classes, scores, top } = settings;
  const several = scores.startsWith('multi-label');
  return textReadme(settings, blueprint, sample, {
    does: 'answer a text with its class',
    answer: '"predictions": [{"className": "…", "probability": 0.97}, …]',
    about: `There are ${classes} classes, of which ${several ? 'several may hold' : 'one holds'}; answers have the best ${Math.min(top, classes)}, or as many as \`"top"\` in the request says.`,
  });
}
