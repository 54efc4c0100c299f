import type { Blueprint } from '../blueprint.ts';
import { never, separate } from '../questions/kinds.ts';
import type { Checked, Question } from '../questions/question.ts';
import { wrongPlace } from './place.ts';

type Inputs = Blueprint['inputs'];

const S3 = 's3://';
const EXPECTED = 'https, s3://BUCKET or s3://BUCKET/PREFIX, with commas';

/** `--input`: which URLs a request may have in place of its data. */
export const inputsQuestion: Question<Inputs> = {
  flag: '--input <schemes>',
  message: `Requests may name their data: ${EXPECTED}`,
  kind: 'text',
  required: false,
  asked: never,
  fallback: () => ({ https: false, s3: [] }),
  parse(text, { answers: { task } }) {
    const read = inputsOf(separate(text));
    if ('expected' in read || task !== 'tensor' || schemesOf(read.value).length === 0) return read;
    return { expected: 'no --input: tensors are what a request carries, only POST /predict takes URLs' };
  },
  print: ({ https, s3 }) => [...(https ? ['https'] : []), ...s3.map((place) => `${S3}${place}`)].join(','),
};

function inputsOf(given: readonly string[]): Checked<Inputs> {
  const others = given.filter((one) => one !== 'https');
  if (!others.every((one) => one.startsWith(S3))) return { expected: EXPECTED };
  const s3 = [...new Set(others.map((one) => one.slice(S3.length)))];
  const expected = s3.map(wrongPlace).find((wrong) => wrong !== undefined);
  return expected === undefined ? { value: { https: given.includes('https'), s3 } } : { expected };
}

/** What URLs begin with that a project takes. */
export const schemesOf = ({ https, s3 }: Inputs): readonly ('https://' | 's3://')[] => [
  ...(https ? (['https://'] as const) : []),
  ...(s3.length > 0 ? ([S3] as const) : []),
];
