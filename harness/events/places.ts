/** An object in S3. */
export interface Place {
  readonly bucket: string;
  readonly key: string;
}

export interface Placed {
  readonly event: object;
  /** Where the fixture must lie for whoever gets the event. */
  readonly place: Place;
}

/** Where an object lies that nobody named a bucket for. */
const ANY_BUCKET = 'fixtures';

interface S3Like {
  readonly Records: readonly {
    readonly s3: { readonly bucket: object; readonly object: { readonly key: string; readonly size: number } };
  }[];
}

interface BatchLike {
  readonly BatchInput: { readonly format: string };
  readonly Items: readonly { readonly Item: { readonly Key?: unknown } }[];
}

type Variables = Readonly<Record<string, string>>;

/**
 * Kinds of triggers whose events name an object instead of carrying the request, by what has to be changed in their samples.
 *
 * @returns undefined where this event carries it after all
 */
const PLACES: Readonly<Record<string, (event: never, bucket: string | undefined, env: Variables) => Placed | undefined>> = {
  s3(event: S3Like, bucket = ANY_BUCKET) {
    const [record] = event.Records;
    if (!record) return undefined;
    const named = { ...record.s3.bucket, name: bucket, arn: `arn:aws:s3:::${bucket}` };
    const key = decodeURIComponent(record.s3.object.key.replaceAll('+', ' '));
    return { event: { Records: [{ ...record, s3: { ...record.s3, bucket: named } }] }, place: { bucket, key } };
  },
  batch(event: BatchLike, _, { BATCH_BUCKET: bucket = ANY_BUCKET }) {
    const key = event.Items[0]?.Item.Key;
    return typeof key === 'string' ? { event, place: { bucket, key } } : undefined;
  },
}; // prettier-ignore

/** The event with the object's real place in it, where it names one. */
export function placed(
  kind: string,
  event: object,
  bucket: string | undefined,
  env: Variables,
): Placed | { readonly event: object; readonly place?: undefined } {
  return (Object.hasOwn(PLACES, kind) ? PLACES[kind]?.(event as never, bucket, env) : undefined) ?? { event };
}
