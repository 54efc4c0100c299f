import fc from 'fast-check';
import { placeOf } from '../../../../handler-template/src/inputs/s3/place.ts';

const ALLOWED = ['pictures', 'archive/2024/', 'a.b/x'];

test('a key is what stands there', () => {
  const part = fc.string({ unit: 'binary', minLength: 1 }).filter((text) => !/^\.\.?$/.test(text) && !text.includes('/'));
  fc.assert(
    fc.property(fc.array(part, { minLength: 1 }), (parts) => {
      const key = parts.join('/');
      expect(placeOf(`s3://pictures/${key}`, ALLOWED)).toEqual({ bucket: 'pictures', key });
    }),
  );
  expect(placeOf('s3://pictures/a+b%20c?versionId=1#x', ALLOWED).key).toBe('a+b%20c?versionId=1#x');
  expect(placeOf('S3://archive/2024/x', ALLOWED)).toEqual({ bucket: 'archive', key: '2024/x' });
  expect(placeOf('s3://a.b/xyz', ALLOWED)).toEqual({ bucket: 'a.b', key: 'xyz' });
});

test.each([
  's3://others/x',
  's3://archive/2023/x',
  's3://archive/2024',
  's3://archive/2024/../2023/x',
  's3://archive/2024/./x',
  's3://archive/x/2024/',
  's3://picturesx/x',
  's3://Pictures/x',
  's3://pictures',
  's3://pictures/',
  's3:///x',
  's3://',
  's3:pictures/x',
  's3://user@pictures/x',
])('%s is refused', (url) => {
  expect(() => placeOf(url, ALLOWED)).toThrow(expect.objectContaining({ code: 'URL_REFUSED', status: 400 }) as Error);
});

test('nothing is allowed where nothing is', () => {
  expect(() => placeOf('s3://pictures/x', [])).toThrow(expect.objectContaining({ code: 'URL_REFUSED' }) as Error);
});
