import { mendModel } from '../../../generator/model/mend.ts';
import { probeModel } from '../../../generator/model/probe.ts';
import { readModel } from '../../../generator/model/read.ts';
import { classifier } from '../../models/classifier.ts';
import { Folder } from '../../models/files.ts';

const folder = new Folder();
afterAll(() => folder.dispose());

test.each(['float32', 'float16', 'uint8'] as const)('a %s model runs as it is served', async (elementType) => {
  const file = folder.model('m.onnx', classifier({ elementType, scores: 'probabilities', weightsAsInputs: true }));
  const spec = await readModel(file);
  const mended = await mendModel(spec);
  expect(spec.inputs).toEqual([{ name: 'image', elementType, dims: [1, 3, 32, 32] }]);
  expect(mended.inputs[0]?.elementType).toBe(elementType === 'float16' ? 'float32' : elementType);
  const { outputs } = await probeModel({ spec, mended });
  expect(outputs['scores']).toMatchObject({ dims: [1, 10], sumsToOne: true });
});
