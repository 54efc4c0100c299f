import { provideRawJson } from '../../harness/child/raw-json.ts';

test('numbers are written by their digits, inside text that is JSON too', () => {
  provideRawJson();
  const { rawJSON } = JSON as unknown as { rawJSON: (text: string) => object };
  const answer = { data: [rawJSON('9007199254740993'), rawJSON('-1'), 1.5], text: '-1' };
  const text = '{"data":[9007199254740993,-1,1.5],"text":"-1"}';
  expect(JSON.stringify(answer)).toBe(text);
  expect(JSON.stringify({ body: JSON.stringify(answer) })).toBe(`{"body":${JSON.stringify(text)}}`);
  expect(JSON.stringify(undefined)).toBeUndefined();
});
