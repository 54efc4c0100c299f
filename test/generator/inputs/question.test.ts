import fc from 'fast-check';
import { inputsQuestion } from '../../../generator/inputs/question.ts';
import { check } from '../../../generator/questions/question.ts';
import type { Context } from '../../../generator/questions/context.ts';

const context: Context = { answers: {}, cwd: '/', packageManager: 'npm' };
const read = (text: string, more: Partial<Context> = {}) => check(inputsQuestion, text, { ...context, ...more });

test.each([
  ['', { https: false, s3: [] }],
  ['https', { https: true, s3: [] }],
  ['s3://pictures', { https: false, s3: ['pictures'] }],
  ['https,s3://pictures/2025/', { https: true, s3: ['pictures/2025/'] }],
  ['s3://a.b-c, s3://pictures/x, s3://a.b-c', { https: false, s3: ['a.b-c', 'pictures/x'] }],
])('%p is taken', (text, value) => {
  expect(read(text)).toEqual({ value });
});

test.each([
  'http',
  'https://example.com',
  'ftp',
  's3',
  's3:',
  's3://',
  's3:///x',
  's3://ab',
  's3://Pictures',
  's3://pictures_x',
  's3://-pictures',
  's3://pic..tures',
  's3://192.168.0.1',
  's3://xn--pictures',
  `s3://${'a'.repeat(64)}`,
  's3://pictures/',
  's3://pictures/*',
  's3://pictures/?',
  's3://pictures/${x}',
  's3://pictures/a b',
  's3://pictures//a',
  's3://pictures/../a',
  's3://pictures/a/.',
  's3://*',
  's3://pictures;rm',
  'https,s3://',
])('%p is refused', (text) => {
  expect(read(text)).toEqual({ expected: expect.any(String) as string });
});

test('law: what is printed is read back', () => {
  const place = fc.stringMatching(/^[a-z]{3,9}(\/[\w!.'()/=-]{0,9})?$/).filter((one) => 'value' in read(`s3://${one}`));
  fc.assert(
    fc.property(fc.boolean(), fc.uniqueArray(place, { maxLength: 4 }), (https, s3) => {
      expect(read(inputsQuestion.print({ https, s3 }))).toEqual({ value: { https, s3 } });
    }),
  );
});

test('tensors are not named: nothing but POST /predict takes URLs', () => {
  expect(read('https', { answers: { task: 'tensor' } })).toEqual({ expected: expect.any(String) as string });
  expect(read('', { answers: { task: 'tensor' } })).toEqual({ value: { https: false, s3: [] } });
});
