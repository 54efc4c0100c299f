import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWith } from '../rig/need.ts';
import { outcomeOf, type Outcome } from './protocol.ts';
import { makeZoo } from './zoo.ts';

/** What can't be served today; whoever mends one takes it out. */
const NOT_YET: Readonly<Record<string, Outcome>> = {
  // Its picture as JSON numbers is more than Lambda's payload.
  'fastest-det': { refused: 'RequestEntityTooLarge' },
};

describeWith('zoo', 'the zoo by the Open Inference Protocol', () => {
  let root: string;

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'onnx lambda protocol '));
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test('every model answers as Python’s onnxruntime does on the original file', async () => {
    const zoo = join(root, 'models');
    mkdirSync(zoo);
    const cases = await makeZoo(zoo);
    const found: Record<string, Outcome> = {};
    // One after the other: Jest never ends two imports at a time of what it has not loaded yet.
    for (const [name, one] of cases) found[name] = await outcomeOf(one, zoo, join(root, 'projects'));
    const same = Object.fromEntries([...cases.keys()].map((name): [string, Outcome] => [name, 'same']));
    expect(found).toEqual({ ...same, ...NOT_YET });
  }, 1_200_000);
});
