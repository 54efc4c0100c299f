import { EXPECTED_FILE, Expected } from '../expected.ts';
import { json, type FileEntry, type FileMap } from '../write/file-map.ts';

/** Numbers of the same model on other processors differ in the fifth digit; mistakes before and after it in the second. */
const TOLERANCE = { absolute: 0.001, relative: 0.001 };

/** One request that the project's tests send, and what must come. */
export interface Fixture {
  /** File name in fixtures/: a picture, or a JSON body. */
  readonly file: string;
  readonly entry: FileEntry;
  /** Where it is sent: `/predict`. */
  readonly path: string;
  /** Files in fixtures/ that the response names, by path. */
  readonly beside?: Readonly<Record<string, FileEntry>>;
  /** Made by running the model in the generator. */
  readonly response: Readonly<Record<string, unknown>> | readonly unknown[];
}

/** The request that events and README show. */
export interface Sample {
  /** File name in fixtures/. */
  readonly file: string;
  readonly path: string;
  readonly contentType: string;
  readonly body: Uint8Array;
  /** The same as the event of a direct invoke. */
  readonly event: object;
}

/** Requests, and what they must be answered with. */
export function fixtureFiles(fixtures: readonly Fixture[]): FileMap {
  const expected: Expected = {
    version: 2,
    tolerance: TOLERANCE,
    fixtures: Object.fromEntries(fixtures.map(({ file, path, response }) => [file, { path, response }])),
  };
  return {
    ...Object.fromEntries(
      fixtures.flatMap(({ file, entry, beside }) =>
        Object.entries({ [file]: entry, ...beside }).map(([path, one]) => [`fixtures/${path}`, one]),
      ),
    ),
    [EXPECTED_FILE]: json(Expected.parse(expected)),
  };
}
