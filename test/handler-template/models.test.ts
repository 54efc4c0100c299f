import { readdirSync, readFileSync } from 'node:fs';
import { mendModel } from '../../generator/model/mend.ts';
import { runOracle } from '../../generator/tasks/image-classification/oracle.ts';
import { readModel } from '../../generator/model/read.ts';
import type { Task as AnyTask } from '../../generator/tasks/settings.ts';
import type { ModelProto } from '../../generator/model/onnx_pb.ts';
import type { Prediction } from '../../generator/expected.ts';
import { packageFile } from '../../generator/package-files.ts';
import { Folder } from '../models/files.ts';
import { classifier, type ClassifierOptions } from '../models/classifier.ts';
import { graph, model, node, tensor, value } from '../models/proto.ts';
import { apiEvent, bodyOf, modelWith, Service, type Outcome } from './service.ts';

type Task = Extract<AnyTask, { kind: 'image-classification' }>;

const SOME = ['scene.png', 'rgb.jpg', 'cmyk-adobe.jpg', 'upright-6.jpg', 'alpha.webp', 'gray-16.png', 'palette.png'];
const ALL = readdirSync(packageFile('fixtures/golden/pictures'));
const golden = (name: string): string => packageFile(`fixtures/golden/pictures/${name}`);

const models = new Folder();
const services: Service[] = [];
afterAll(() => [models, ...services].forEach((made) => made.dispose()));

async function serve(file: string, task: Partial<Task>, input: Parameters<typeof modelWith>[1]): Promise<Service> {
  const service = await Service.classifier(file, modelWith(task, input));
  services.push(service);
  return service;
}

const COLOURS = { 1: { mean: [0.2], std: [0.4] }, 3: { mean: [0.4, 0.5, 0.6], std: [0.2, 0.3, 0.4] } };
const RAW = { rescaleFactor: 1, mean: [0, 0, 0], std: [1, 1, 1] };

const KINDS: readonly { name: string; options: ClassifierOptions; preprocessing?: Partial<Task['preprocessing']>; pictures?: string[] }[] = [
  { name: 'N×C×H×W, logits, every golden picture', options: { batch: 'N' }, pictures: ALL },
  { name: 'BGR, cropped', options: {}, preprocessing: { colorOrder: 'BGR', resize: { kind: 'crop', shortestEdge: 37 } } },
  { name: 'one channel, padded', options: { channels: 1 }, preprocessing: { colorOrder: 'gray', resize: { kind: 'pad', fill: 7 } } },
  { name: 'N×H×W×C uint8, probabilities', options: { layout: 'NHWC', elementType: 'uint8', scores: 'probabilities' }, preprocessing: RAW },
  { name: 'a batch of four', options: { batch: 4 } },
  { name: 'scores N×K×1×1, not square', options: { head: 'NK11', size: { height: 32, width: 48 } }, preprocessing: { width: 48 } },
  { name: 'open size and batch', options: { size: 'dynamic', batch: 'batch' }, preprocessing: { resample: 'bicubic' } },
]; // prettier-ignore

test.each(KINDS)('$name: answers as the generator does, which preprocesses by code of its own', async (kind) => {
  const { options, preprocessing = {}, pictures = SOME } = kind;
  const { layout = 'NCHW', channels = 3, scores = 'logits' } = options;
  const task: Task = {
    kind: 'image-classification',
    input: 'image',
    output: 'scores',
    scores,
    classes: 10,
    top: 10,
    preprocessing: {
      width: 32,
      height: 32,
      resize: { kind: 'stretch' },
      resample: 'bilinear',
      colorOrder: 'RGB',
      layout,
      rescaleFactor: 1 / 255,
      ...COLOURS[channels],
      ...preprocessing,
    },
  };
  const labels = Array.from({ length: 10 }, (_, i) => `class ${i}`);
  const file = models.model('model.onnx', classifier(options));
  const spec = await readModel(file);
  const mended = await mendModel(spec);
  const [first] = mended.inputs;
  if (!first) throw new Error('no input');
  const { name, elementType, dims } = first;
  const input = { name, elementType, dims };
  const service = await serve(file, task, input);
  const expected = await runOracle({ served: { spec, mended }, task, labels, pictures: pictures.map(golden) });
  const { outcomes } = await service.run(
    pictures.map((name) => ({ image: readFileSync(golden(name)).toString('base64') })),
  );
  outcomes.forEach(({ value: answer, error }, i) => {
    expect(error).toBeUndefined();
    const name = pictures[i] ?? '';
    const got = (answer as unknown as { predictions: Prediction[] }).predictions;
    const wanted = expected[name] ?? [];
    expect(got).toHaveLength(10);
    expect(got[0]?.className).toBe(wanted[0]?.className);
    for (const { className, probability } of wanted) {
      const other = got.find((prediction) => prediction.className === className)?.probability;
      expect(Math.abs((other ?? NaN) - probability)).toBeLessThan(1e-5);
    }
  });
});

/** A graph that answers `f(0 × mean of the picture + number)` for ten classes. */
function constant(opType: 'Log' | 'Exp' | 'Identity', number: number): ModelProto {
  const weights = [
    tensor('dense', 'float32', [3, 10], new Float32Array(30)),
    tensor('bias', 'float32', [10], new Float32Array(10).fill(number)),
  ];
  const nodes = [
    node('GlobalAveragePool', ['image'], ['pooled']),
    node('Flatten', ['pooled'], ['flat']),
    node('Gemm', ['flat', 'dense', 'bias'], ['raw']),
    node(opType, ['raw'], ['scores']),
  ];
  const inputs = [value('image', 'float32', [1, 3, 32, 32])];
  return model(graph({ inputs, outputs: [value('scores', 'float32', [1, 10])], weights, nodes }));
}

const RGB = {
  output: 'scores',
  preprocessing: { ...modelWith({}, { name: '', elementType: 'float32', dims: [] }).task.preprocessing, ...RAW, colorOrder: 'RGB' },
} as const; // prettier-ignore
const INPUT = { name: 'image', elementType: 'float32', dims: [1, 3, 32, 32] } as const;
const request = { image: readFileSync(golden('scene.png')).toString('base64') };

test.each([
  ['NaN', 'Log', -1],
  ['infinite', 'Exp', 1000],
] as const)('a result that is %s is an error, not null', async (_, opType, number) => {
  for (const scores of ['logits', 'probabilities'] as const) {
    const service = await serve(models.model('model.onnx', constant(opType, number)), { ...RGB, scores }, INPUT);
    const { outcomes, log } = await service.run([apiEvent({ body: JSON.stringify(request) }), request]);
    expect(outcomes[0]?.value?.statusCode).toBe(500);
    expect(bodyOf(outcomes[0] as Outcome).code).toBe('RESULT_NOT_FINITE');
    expect(outcomes[1]?.error?.name).toBe('RESULT_NOT_FINITE');
    expect(log.filter((line) => line['level'] === 'ERROR')).toHaveLength(2);
    expect(log.filter((line) => line['Failed'] === 1)).toHaveLength(2);
  }
});

test('an error that nobody foresaw: logged with its cause, of which HTTP shows nothing and a direct invoke all', async () => {
  // model.ts says another size than the graph takes.
  const wrong = { ...RGB, preprocessing: { ...RGB.preprocessing, width: 31 } };
  const service = await serve(models.model('model.onnx', classifier()), wrong, INPUT);
  const { outcomes, log } = await service.run([apiEvent({ body: JSON.stringify(request) }), request]);
  expect(outcomes[0]?.value?.statusCode).toBe(500);
  expect(bodyOf(outcomes[0] as Outcome)).toEqual({ message: 'Internal server error', code: 'INTERNAL' });
  expect(outcomes[1]?.error?.message).toMatch(/invalid dimensions/i);
  const [first] = log.filter((line) => line['level'] === 'ERROR');
  expect(JSON.stringify(first)).toMatch(/invalid dimensions/i);
});
