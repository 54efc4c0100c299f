import { readModel } from '../../../generator/model/read.ts';
import { guessTask } from '../../../generator/task/guess.ts';
import { classifier } from '../../models/classifier.ts';
import { Folder } from '../../models/files.ts';

const folder = new Folder();
afterAll(() => folder.dispose());

test('a photograph model without any hint gets the figures of ImageNet', async () => {
  const size = { width: 224, height: 224 };
  const { task } = guessTask(await readModel(folder.model('m.onnx', classifier({ size, classes: 7 }))), []);
  expect(task).toEqual({
    kind: 'image-classification',
    input: 'image',
    output: 'scores',
    scores: 'logits',
    classes: 7,
    top: 5,
    preprocessing: {
      ...size,
      resize: { kind: 'crop', shortestEdge: 256 },
      resample: 'bilinear',
      colorOrder: 'RGB',
      layout: 'NCHW',
      rescaleFactor: 1 / 255,
      mean: [0.485, 0.456, 0.406],
      std: [0.229, 0.224, 0.225],
    },
  });
});
