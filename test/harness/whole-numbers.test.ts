import fc from 'fast-check';
import { carryWholeNumbers } from '../../harness/whole-numbers.ts';

const wide = (text: string, datatype = 'INT64'): string =>
  `{"inputs": [{"name": "x", "datatype": "${datatype}", "data": ${text}}]}`;

test.each([
  ['[9007199254740993, -9223372036854775808]', '["9007199254740993", "-9223372036854775808"]'],
  ['[[1, 18446744073709551615 ],[2,3]]', '[[1, "18446744073709551615" ],[2,3]]'],
  ['[0, 1]', '[0, 1]'],
])('64-bit integers %s of an inference request become %s', (data, expected) => {
  expect(carryWholeNumbers(wide(data))).toBe(wide(expected));
  expect(carryWholeNumbers(wide(data, 'UINT64'))).toBe(wide(expected, 'UINT64'));
});

test.each([
  wide('[12345678901234567890, 1.2345678901234567890, -0.0]', 'FP32'),
  '{"id": "says: 9007199254740993 \\" , 9007199254740993 ", "top": 9007199254740993}',
  '[9007199254740993]',
  '9007199254740993',
  'null',
  '{"inputs": 9007199254740993}',
  '{"inputs": [null, 9007199254740993, {"datatype": "INT64"}]}',
])('nothing else is changed: %s', (text) => {
  expect(carryWholeNumbers(text)).toBe(text);
});

test('whatever else is in an event: it stays as it is', () => {
  fc.assert(
    fc.property(fc.json(), fc.bigInt({ min: 10n ** 16n, max: 10n ** 19n }), (json, big) => {
      const event = (data: string): string =>
        `{"other": ${json}, "inputs": [{"datatype": "INT64", "data": [${data}]}]}`;
      expect(carryWholeNumbers(event(String(big)))).toBe(event(`"${big}"`));
    }),
  );
});
