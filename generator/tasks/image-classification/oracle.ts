import type { Prediction } from '../../expected.ts';
import { askAboutPictures, type OracleOptions } from '../../pictures/oracle.ts';
import type { OracleRequest } from './child/oracle.ts';
import type { ImageClassification } from './settings.ts';

export interface ClassifierOracleOptions extends OracleOptions<ImageClassification> {
  /** One a class, in the order of the scores. */
  readonly labels: readonly string[];
}

/** What a classifier itself says about pictures, by file name: all classes, best first. @throws ToolError PICTURE_INVALID, MODEL_DOES_NOT_RUN */
export function runOracle({ labels, ...options }: ClassifierOracleOptions): Promise<Record<string, Prediction[]>> {
  return askAboutPictures<OracleRequest, Prediction[]>(
    'generator/tasks/image-classification/child/oracle.js',
    options,
    { labels },
  );
}
