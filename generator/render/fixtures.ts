import { EXPECTED_FILE, Expected, type Prediction } from '../expected.ts';
import { json, type FileEntry, type FileMap } from '../write/file-map.ts';

/** Probabilities of the same model on other processors differ in the fifth digit; preprocessing errors in the second. */
const TOLERANCE = 0.001;

export interface Fixture {
  /** File name in fixtures/. */
  readonly file: string;
  readonly entry: FileEntry;
  /** Made by running the model in the generator, best first. */
  readonly predictions: readonly Prediction[];
}

/** Pictures, and what they must be answered with. */
export function fixtureFiles(fixtures: readonly Fixture[], top: number): FileMap {
  const expected: Expected = {
    version: 1,
    tolerance: TOLERANCE,
    fixtures: Object.fromEntries(
      fixtures.map(({ file, predictions }) => [file, { predictions: predictions.slice(0, top) }]),
    ),
  };
  return {
    ...Object.fromEntries(fixtures.map(({ file, entry }) => [`fixtures/${file}`, entry])),
    [EXPECTED_FILE]: json(Expected.parse(expected)),
  };
}
