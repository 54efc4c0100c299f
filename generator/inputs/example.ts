import type { Operation } from '../../swagger/operation.ts';
import type { Blueprint } from '../blueprint.ts';
import type { Sample } from '../render/fixtures.ts';
import { urlFormOf } from './operation.ts';

/** A request with a URL in place of the sample's data; undefined where the project takes none. @param predict POST /predict as clients have it */
export function urlExample({ inputs }: Blueprint, predict: Operation | undefined, sample: Sample): object | undefined {
  const form = predict && urlFormOf(predict);
  const [field] = form?.required ?? [];
  if (!form || field === undefined) return undefined;
  const [place = ''] = inputs.s3;
  const url = inputs.https
    ? `https://example.com/${sample.file}`
    : `s3://${place.includes('/') ? place : `${place}/`}${sample.file}`;
  const rest = Object.entries(sample.event).filter(([key]) => Object.hasOwn(form.properties, key));
  return { [field]: url, ...Object.fromEntries(rest) };
}
