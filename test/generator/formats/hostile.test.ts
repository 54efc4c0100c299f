import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openSource } from '../../../generator/formats/open-source.ts';
import { Folder } from '../../models/files.ts';
import { repository } from '../../models/places.ts';
import { hostile } from './hostile.ts';

const folder = new Folder();
const tempRoot = join(folder.path, 'temporary');
mkdirSync(tempRoot);
afterAll(() => folder.dispose());

const ROWS = hostile(readFileSync(repository('fixtures/digits/digits.onnx')));

test.each(ROWS)('%s: %s', async (_, code, bytes) => {
  const file = folder.file('archive', bytes());
  const before = readdirSync(folder.path, { recursive: true });
  await expect(openSource(file, { tempRoot })).rejects.toMatchObject({ name: 'ToolError', code });
  expect(readdirSync(folder.path, { recursive: true })).toEqual(before);
});
