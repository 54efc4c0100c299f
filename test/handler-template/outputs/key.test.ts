import fc from 'fast-check';
import { keyOf } from '../../../handler-template/src/outputs/s3/key.ts';

test.each([
  ['', 'cat.jpg', 'cat.jpg.json'],
  ['answers/', 'folder/cat.jpg', 'answers/folder/cat.jpg.json'],
  ['answers/', 'a b%20ü.png', 'answers/a b%20ü.png.json'],
])('%s and %s are %s', (prefix, name, key) => {
  expect(keyOf(prefix, name, 'json')).toBe(key);
});

test.each(['', '/', '..', '../../etc/passwd', 'a//b', './a', 'a/./b', 'a\nb', '\ud800'])(
  '%j is named after what it was, and told from others',
  (name) => {
    const key = keyOf('answers/', name, 'json');
    expect(key).toMatch(/^answers\/.*~[0-9a-f]{32}\.json$/);
    expect(key.split('/')).not.toContain('..');
  },
);

const PREFIX = fc.constantFrom('', 'answers/', 'a/b/');
const NAME = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 2000 }),
  fc.array(fc.constantFrom('..', '.', '', 'a', 'é', '𝄞', '/'), { maxLength: 900 }).map((parts) => parts.join('/')),
);

test('a key is below its prefix, has no part that leads elsewhere, and is at most 1024 bytes', () => {
  fc.assert(
    fc.property(PREFIX, NAME, (prefix, name) => {
      const key = keyOf(prefix, name, 'json');
      expect(key.startsWith(prefix) && key.endsWith('.json')).toBe(true);
      expect(key.length).toBeGreaterThan(prefix.length + '.json'.length);
      expect(Buffer.byteLength(key)).toBeLessThanOrEqual(1024);
      expect(key.slice(prefix.length).split('/')).not.toEqual(expect.arrayContaining(['..']));
      expect(Buffer.from(key).toString()).toBe(key);
    }),
  );
});

test('two names never have one key, the same name always has', () => {
  fc.assert(
    fc.property(NAME, NAME, (one, other) => {
      expect(keyOf('', one, 'json') === keyOf('', other, 'json')).toBe(one === other);
    }),
  );
});
