import fc from 'fast-check';
import { modelName } from '../../../generator/formats/model-name.ts';

test.each<[string | undefined, Parameters<typeof modelName>]>([
  ['digits', ['digits.onnx']],
  ['digits', ['a/digits.onnx', undefined, '/x/other.zip']],
  ['digits', ['1/model.onnx', 'digits', '/x/repository']],
  ['digits', ['net.onnx', 'digits', '/x/digits.mar']],
  ['mnist', ['model.onnx', undefined, '/x/mnist.tar.gz']],
  ['bert-tiny', ['onnx/model_quantized.onnx', undefined, 's3://bucket/bert-tiny/']],
  [undefined, ['model.onnx', undefined, '/x/model.tar.gz']],
  [undefined, ['model.onnx']],
  ['my-model-2', ['my model (2).onnx']],
  ['net.v1.5', ['net.v1.5.onnx']],
  [undefined, ['模型.onnx']],
  ['net', ['模型.onnx', undefined, '/x/net.zip']],
])('%s of %j', (expected, given) => {
  expect(modelName(...given)).toBe(expected);
});

test('is always a part of a path that needs no care', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.option(fc.string({ unit: 'binary' }), { nil: undefined }),
      (file, named) => {
        expect(modelName(file, named) ?? 'x').toMatch(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,63}$/);
      },
    ),
  );
});
