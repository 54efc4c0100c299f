import { assumed } from '../../../generator/questions/assumed.ts';
import type { Given } from '../../../generator/questions/collect.ts';
import { collect } from '../../../generator/questions/collect.ts';
import type { ModelHints } from '../../../generator/questions/context.ts';
import { afterTask } from '../../../generator/questions/table.ts';

const hints: ModelHints = {
  modelName: 'resnet',
  modelVersion: undefined,
  classes: 10,
  hasLabels: true,
  picture: {
    fixed: { size: [64, 64], layout: 'NCHW', channels: 3, bytes: false },
    preprocessing: { colorOrder: 'RGB', resample: 'bilinear', rescaleFactor: 1 },
    likely: undefined,
  },
  tasks: ['image-classification', 'tensor'],
  memory: 1769,
  tooLarge: { arm64: undefined, x86_64: undefined },
  does: 'Image classification',
  scores: 'probabilities',
};

async function taken(given: Given): Promise<readonly string[]> {
  const start = { answers: { dir: 'x', model: 'm.onnx' }, cwd: '/home/me', packageManager: 'npm', hints } as const;
  return assumed(given, await collect(afterTask('image-classification'), given, start, undefined));
}

test('what a person would have been asked about the model, and nothing that the model or a flag says', async () => {
  expect(await taken({})).toEqual(['--resize stretch', '--mean 0,0,0', '--std 1,1,1']);
  expect(await taken({ mean: '1,2,3', resize: 'crop' })).toEqual(['--shortest-edge 73', '--std 1,1,1']);
  expect(await taken({ mean: '1,2,3', std: '1,1,2', resize: 'stretch' })).toEqual([]);
});
