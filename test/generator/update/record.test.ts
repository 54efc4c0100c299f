import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contentOf, contentOfFile } from '../../../generator/update/content.ts';
import { contentsOf, parseRecord, printRecord } from '../../../generator/update/record.ts';
import { bytes, copy, text } from '../../../generator/write/file-map.ts';

const path = fc.stringMatching(/^[a-z]{1,8}(\/[a-z._-]{3,8})?$/);

test('a record reads back as what was written: hashes of all, texts of what is text', async () => {
  await fc.assert(
    fc.asyncProperty(fc.dictionary(path, fc.oneof(fc.string(), fc.uint8Array())), async (files) => {
      const entries = Object.entries(files).map(([name, of]) => [name, typeof of === 'string' ? text(of) : bytes(of)]);
      const contents = await contentsOf(Object.fromEntries(entries));
      const read = parseRecord(printRecord(contents), 'onnx-lambda.lock');
      for (const [name, { sha256, text: content }] of Object.entries(contents))
        expect(read[name]).toEqual({ sha256, ...(content !== undefined && { text: content }) });
    }),
  );
});

test.each([
  ['no JSON', '<<<<<<< HEAD\n{}\n'],
  ['another shape', '{"files": []}'],
  ['a path outside of the project', '{"about":"","version":1,"files":{"../x":{"sha256":"' + '0'.repeat(64) + '"}}}'],
  [
    'a text of another hash',
    '{"about":"","version":1,"files":{"x":{"sha256":"' + '0'.repeat(64) + '","text":"AwA="}}}',
  ],
])('a record of %s is refused', (_, json) => {
  expect(() => parseRecord(json, 'onnx-lambda.lock')).toThrow(
    expect.objectContaining({ code: 'RECORD_INVALID' }) as Error,
  );
});

describe('what a file holds', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'content '))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('line endings do not count in text', async () => {
    writeFileSync(join(folder, 'f'), 'a\r\nb\r\n');
    const { sha256 } = await contentOf(text('a\nb\n'));
    expect(await contentOfFile(join(folder, 'f'))).toEqual({ sha256, text: 'a\nb\n', crlf: true });
  });

  test('they do in other files', async () => {
    const [lf, crlf] = [Uint8Array.of(0, 10), Uint8Array.of(0, 13, 10)];
    expect((await contentOf(bytes(lf))).sha256).not.toBe((await contentOf(bytes(crlf))).sha256);
  });

  test('a large file has the hash that others know it by', async () => {
    const file = join(folder, 'model.onnx');
    writeFileSync(file, Buffer.alloc((4 << 20) + 1, 'onnx'));
    // From sha256sum.
    expect(await contentOf(copy(file))).toEqual({
      sha256: 'b96a82c8f0540519efc591ff841605b80a033deabbc09ad83c003a4e8b84ae57',
    });
  });
});
