import { expect, test } from '@jest/globals';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settle, settleSourceMaps } from '../../pipeline/artifact/source-maps.ts';

test.each([
  [
    ['../../tmpa1/lib/http.ts', '../../tmpa1/handler.ts', '../deps/b2/node_modules/x/i.js'],
    ['lib/http.ts', 'handler.ts', 'node_modules/x/i.js'],
  ],
  [
    ['../../tmpa1/node_modules/a/node_modules/b/i.js', '../../tmpa1/handler.ts'],
    ['node_modules/a/node_modules/b/i.js', 'handler.ts'],
  ],
  [
    ['handler.ts', 'lib/http.ts'],
    ['handler.ts', 'lib/http.ts'],
  ],
  [['../tmp/handler.ts'], ['handler.ts']],
  [[], []],
])('%j lie at %j', (sources, settled) => {
  expect(settle(sources)).toEqual(settled);
});

test('where SAM bundled does not show; the rest of a map stays as it is, and so do maps of packages', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'maps-'));
  try {
    mkdirSync(join(dir, 'Function'));
    mkdirSync(join(dir, 'RuntimeLayer/node_modules/p'), { recursive: true });
    const map = { version: 3, sources: ['../../tmpq/a.ts', '../../tmpq/handler.ts'], mappings: 'AAAA', names: ['x'] };
    const files = [join(dir, 'Function/handler.mjs.map'), join(dir, 'RuntimeLayer/node_modules/p/i.js.map')] as const;
    for (const file of files) writeFileSync(file, JSON.stringify(map));
    await settleSourceMaps(dir);
    expect(JSON.parse(readFileSync(files[0], 'utf8'))).toEqual({ ...map, sources: ['a.ts', 'handler.ts'] });
    expect(JSON.parse(readFileSync(files[1], 'utf8'))).toEqual(map);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
