import fc from 'fast-check';
import { answerSize, answerWarning } from '../../../generator/advice/answer-size.ts';
import { memoryAdvice } from '../../../generator/advice/memory.ts';
import { expectedSizes, tooLargeForLayer } from '../../../generator/advice/sizes.ts';
import { warnings } from '../../../generator/commands/conclude.ts';
import type { Dim, TensorSpec } from '../../../generator/model/spec.ts';
import type { Trial } from '../../../generator/model/trial.ts';

const MB = 1_048_576;
const tensor = (name: string, dims: readonly Dim[], elementType: TensorSpec['elementType'] = 'float32'): TensorSpec => ({ name, elementType, dims }); // prettier-ignore
const ranWith = (outputs: Record<string, readonly number[]>): Trial => ({
  loadMs: 1,
  runMs: 1,
  peakBytes: 100 * MB,
  ran: true,
  reason: '',
  inputs: {},
  contents: {},
  outputs: Object.fromEntries(
    Object.entries(outputs).map(([name, dims]) => [
      name,
      { dims, varies: [], sumsToOne: false, range: null, ranges: [] },
    ]),
  ),
});

describe('how large an answer is', () => {
  test('random numbers as JSON have about as many bytes as are said', () => {
    fc.assert(
      fc.property(fc.constantFrom('float32', 'float64', 'uint8', 'int16', 'int32', 'bool' as const), (elementType) => {
        const elements = 5_000;
        const told = answerSize([], [tensor('y', [elements], elementType)], undefined)?.bytes ?? 0;
        const random = {
          float32: () => Math.fround(Math.random() * 4 - 2),
          float64: () => Math.random() * 4 - 2,
          uint8: () => Math.floor(Math.random() * 256),
          int16: () => Math.floor(Math.random() * 65_536) - 32_768,
          int32: () => Math.floor(Math.random() * 1e7),
          bool: () => Math.random() < 0.5,
        }[elementType];
        const data = Array.from<unknown, number | boolean>({ length: elements }, () => random());
        const real = JSON.stringify({ outputs: [{ name: 'y', datatype: 'X', shape: [elements], data }] }).length;
        expect(Math.abs(told / real - 1)).toBeLessThan(0.2);
      }),
    );
  });

  test('the trial run counts more than the graph; without both nothing is known', () => {
    const outputs = [tensor('y', ['N', 1000])];
    expect(answerSize([tensor('x', ['N', 3])], outputs, undefined)).toBeUndefined();
    expect(answerSize([tensor('x', ['N', 3])], outputs, ranWith({ y: [2, 1000] }))).toMatchObject({ open: true, elements: { y: 2000 } }); // prettier-ignore
    expect(answerSize([tensor('x', [1])], [tensor('y', [])], undefined)).toMatchObject({ open: false, elements: { y: 1 } }); // prettier-ignore
  });

  test('a segmentation mask of 21 classes is warned about, scores of 1000 classes are not', () => {
    const mask = answerSize([tensor('x', [1, 3, 224, 224])], [tensor('y', [1, 21, 224, 224])], undefined);
    expect(mask && answerWarning(mask)).toContain('RESPONSE_TOO_LARGE');
    const scores = answerSize([tensor('x', ['N', 3])], [tensor('y', ['N', 1000])], ranWith({ y: [1, 1000] }));
    expect(scores && answerWarning(scores)).toBeUndefined();
  });

  test('a picture that just fits is warned about where larger ones can be sent, and only there', () => {
    const image = [tensor('y', [1, 3, 256, 256])];
    const fixed = answerSize([tensor('x', [1, 3, 256, 256])], image, undefined);
    const open = answerSize([tensor('x', [1, 3, 'H', 'W'])], image, ranWith({ y: [1, 3, 256, 256] }));
    expect(fixed && answerWarning(fixed)).toBeUndefined();
    expect(open && answerWarning(open)).toContain('RESPONSE_TOO_LARGE');
  });
});

describe('what the parts weigh', () => {
  test('a model fits beside the runtime or does not', () => {
    const of = (model: number) => expectedSizes(model * MB, ['onnxruntime-node', 'sharp'], 'x86_64');
    expect([of(180).fits, tooLargeForLayer(of(180))]).toEqual([true, undefined]);
    expect(of(190).fits).toBe(false);
    expect(tooLargeForLayer(of(190))).toContain('190.0 MB');
  });

  test('arm64 has more room, and so has a model without pictures', () => {
    const of = (packages: string[], architecture: 'arm64' | 'x86_64') => expectedSizes(0, packages, architecture).together; // prettier-ignore
    expect(of(['onnxruntime-node'], 'arm64')).toBeLessThan(of(['onnxruntime-node'], 'x86_64'));
    expect(of(['onnxruntime-node'], 'arm64')).toBeLessThan(of(['onnxruntime-node', 'sharp'], 'arm64'));
  });
});

describe('memory', () => {
  test('is a processor at least, what the trial run took and more, and what Lambda has at most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12_000 }), fc.boolean(), (megabytes, pictures) => {
        const { atLeast, recommended } = memoryAdvice({ model: 0, peak: megabytes * MB, pictures });
        expect(atLeast).toBeGreaterThan(megabytes);
        expect(atLeast % 64).toBe(0);
        expect(recommended).toBe(Math.min(10_240, Math.max(1769, atLeast)));
      }),
    );
  });

  test('without a run the size of the model decides', () => {
    expect(memoryAdvice({ model: 3000 * MB, peak: undefined, pictures: false }).atLeast).toBeGreaterThan(6000);
    expect(memoryAdvice({ model: 9000 * MB, peak: undefined, pictures: false }).why).toContain('10240 MB at most');
  });
});

test('a model that is too large for a layer is fetched from S3, and that is told', () => {
  const sizes = { arm64: expectedSizes(0, [], 'arm64'), x86_64: expectedSizes(300 * MB, [], 'x86_64') };
  const found = { sizes, answer: undefined, memory: memoryAdvice({ model: 0, peak: 0, pictures: false }) };
  const told = (architecture: 'arm64' | 'x86_64', modelSource: 'layer' | 's3') => warnings(found, { memory: 1769, architecture, modelSource }); // prettier-ignore
  expect(told('x86_64', 's3')[0]).toContain('--model-source s3');
  expect([told('arm64', 's3'), told('arm64', 'layer')]).toEqual([[], []]);
});
