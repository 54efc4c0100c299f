import fc from 'fast-check';
import type { Preprocessing } from '../../../../generator/pictures/preprocessing.ts';
import type { Answers } from '../../../../generator/questions/answers.ts';
import { answersOfClassifier, settleClassifier } from '../../../../generator/tasks/image-classification/settle.ts';
import type { ImageClassification } from '../../../../generator/tasks/image-classification/settings.ts';
import { digits } from '../../template/blueprints.ts';

const pixels = fc.integer({ min: 1, max: 1000 });
const resize: fc.Arbitrary<Preprocessing['resize']> = fc.oneof(
  fc.constant({ kind: 'stretch' } as const),
  fc.record({ kind: fc.constant('crop' as const), shortestEdge: pixels }),
  fc.record({ kind: fc.constant('pad' as const), fill: fc.nat(255) }),
  fc.record({ kind: fc.constant('letterbox' as const), fill: fc.nat(255) }),
);
const settings: fc.Arbitrary<ImageClassification> = fc.record({
  kind: fc.constant('image-classification' as const),
  input: fc.string(),
  output: fc.string(),
  scores: fc.constantFrom('logits', 'probabilities'),
  classes: pixels,
  top: pixels,
  preprocessing: fc.record({
    width: pixels,
    height: pixels,
    resize,
    resample: fc.constantFrom('nearest', 'bilinear', 'bicubic', 'lanczos'),
    colorOrder: fc.constantFrom('RGB', 'BGR', 'gray'),
    layout: fc.constantFrom('NCHW', 'NHWC'),
    rescaleFactor: fc.double(),
    mean: fc.array(fc.double(), { minLength: 1, maxLength: 3 }),
    std: fc.array(fc.double(), { minLength: 1, maxLength: 3 }),
  }),
});

test('the answers that are read back from settings settle them again', () => {
  fc.assert(
    fc.property(settings, settings, (wanted, other) => {
      const answers = { ...answersOfClassifier(other), ...answersOfClassifier(wanted) } as Answers;
      const guess = { ...digits.task, input: wanted.input, output: wanted.output, classes: wanted.classes };
      expect(settleClassifier(guess, answers)).toEqual(wanted);
    }),
  );
});
