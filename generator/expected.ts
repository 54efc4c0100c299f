import { z } from 'zod';

/** What a project's fixtures must be answered with: made by running the model in the generator, not by the handler under test. */
export const EXPECTED_FILE = 'fixtures/expected.json';

export interface Prediction {
  readonly className: string;
  readonly probability: number;
}

/**
 * In an expected answer, what must come where the answer has a picture as base64: the same size, and no value of a pixel (0…255) that
 * is off by more than `levels`. Two processors may round a number to either side.
 */
export const ExpectedPicture = z.strictObject({
  kind: z.literal('picture'),
  /** In fixtures/. */
  file: z.string(),
  levels: z.number().nonnegative(),
});
export type ExpectedPicture = z.infer<typeof ExpectedPicture>;

const Current = z.strictObject({
  version: z.literal(2),
  /** A number passes within `absolute + relative × |expected|`. */
  tolerance: z.strictObject({ absolute: z.number().positive(), relative: z.number().nonnegative() }),
  /** By file name in fixtures/: a picture, or a JSON body. */
  fixtures: z.record(
    z.string(),
    z.strictObject({
      /** Where it is sent: `/predict`, `/v2/models/NAME/infer`. */
      path: z.string().startsWith('/'),
      /** What must be in the answer; fields that are not named here may be anything. Of a list, all items. */
      response: z.union([z.record(z.string(), z.unknown()), z.array(z.unknown()).readonly()]),
    }),
  ),
});
export type Expected = z.infer<typeof Current>;
export type Tolerance = Expected['tolerance'];

/** Version 1 knew pictures and their predictions only. */
function upToDate(value: unknown): unknown {
  const older = value as { version?: unknown; tolerance?: unknown; fixtures?: Record<string, object> } | null;
  if (older?.version !== 1 || typeof older.fixtures !== 'object') return value;
  return {
    version: 2,
    tolerance: { absolute: older.tolerance, relative: 0 },
    fixtures: Object.fromEntries(
      Object.entries(older.fixtures).map(([file, response]) => [file, { path: '/predict', response }]),
    ),
  };
}

export const Expected = z.preprocess(upToDate, Current);
