import { Validator, type Schema } from '@cfworker/json-schema';
import { readFileSync } from 'node:fs';
import { packageFile } from '../../generator/package-files.ts';
import type { TensorSpec } from '../../generator/model/spec.ts';
import { examineModel } from '../../generator/tasks/examine.ts';
import type { ObjectDetection } from '../../generator/tasks/object-detection/settings.ts';
import { objectDetection } from '../../generator/tasks/object-detection/task.ts';
import { modelSource } from '../../swagger/model-source.ts';
import type { Operation } from '../../swagger/operation.ts';
import { digits } from '../generator/template/blueprints.ts';
import { apiEvent, bodyOf, Service, type Outcome } from './service.ts';

interface Detections {
  readonly detections: readonly {
    readonly className: string;
    readonly classId: number;
    readonly score: number;
    readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  }[];
  readonly width: number;
  readonly height: number;
}

interface Golden {
  readonly model: string;
  readonly picture: string;
  readonly request: Readonly<Record<string, number>>;
  readonly answer: Detections;
}

const here = (path: string): string => packageFile(`fixtures/detection/${path}`);
const golden = JSON.parse(readFileSync(here('golden.json'), 'utf8')) as readonly Golden[];
const pictureOf = (name: string): string => readFileSync(here(`pictures/${name}`)).toString('base64');

interface Served {
  readonly service: Service;
  readonly task: ObjectDetection;
  readonly operation: Operation;
}
const services: Service[] = [];
afterAll(() => services.forEach((service) => service.dispose()));

/** The handler built for a model by what the generator makes of it, without a word from anybody. */
async function serve(name: string): Promise<Served> {
  const file = here(`${name}.onnx`);
  const { guesses, mended } = await examineModel(file);
  const [guess] = guesses;
  if (guess.kind !== 'object-detection') throw new Error(`The model was taken for ${guess.kind}`);
  const plain = ({ name: tensor, elementType, dims }: TensorSpec) => ({ name: tensor, elementType, dims: [...dims] });
  const [inputs, outputs] = [mended.inputs.map(plain), mended.outputs.map(plain)];
  const blueprint = { ...digits, model: { ...digits.model, inputs, outputs }, task: guess.task };
  const operation = objectDetection.operation(guess.task, blueprint);
  if (!operation || typeof objectDetection.handler === 'function') throw new Error('no operation');
  const sources = { 'model.ts': modelSource(blueprint, operation), 'task.ts': objectDetection.handler.source };
  const service = await Service.of(file, { ...blueprint.model, task: guess.task, limits: {}, protocol: true }, sources);
  services.push(service);
  service.folder.file('labels.txt', (guess.labels?.value ?? []).map((label) => `${label}\n`).join(''));
  return { service, task: guess.task, operation };
}

const HEADS = {
  'yolo-v8': { kind: 'yolo-v8', rows: 'values', format: 'cxcywh', unit: 'pixels' },
  'yolo-v5': { kind: 'yolo-v5', rows: 'boxes', format: 'cxcywh', unit: 'pixels' },
  'yolo-end-to-end': { kind: 'yolo-end-to-end', rows: 'boxes', format: 'xyxy', unit: 'pixels' },
  torchvision: { kind: 'detections', labels: 'labels', firstClass: 1, format: 'xyxy', unit: 'pixels' },
  tensorflow: { kind: 'detections', count: 'num_detections', firstClass: 1, format: 'yxyx', unit: 'normalized' },
  ssd: { kind: 'ssd', activation: 'none', background: 'first', format: 'xyxy', unit: 'normalized' },
  'fastest-det': { kind: 'fastest-det' },
};

test.each(Object.entries(HEADS))('%s: finds what Python finds', async (name, head) => {
  const { service, task, operation } = await serve(name);
  expect(task.head).toMatchObject(head);
  const { properties } = operation.request?.schema as unknown as { properties: object };
  const own = new Set(Object.keys(properties));
  const cases = golden.filter(({ model }) => model === name);
  expect(cases.flatMap(({ answer }) => answer.detections).length).toBeGreaterThan(20);
  const requests = cases.map(({ picture, request }) => ({
    image: pictureOf(picture),
    // Where the graph suppresses, a request can't say how.
    ...Object.fromEntries(Object.entries(request).filter(([field]) => own.has(field))),
  }));
  const { outcomes } = await service.run(requests);
  const validator = new Validator(operation.answer.schema as unknown as Schema, '4');
  outcomes.forEach(({ value, error }, i) => {
    expect(error).toBeUndefined();
    expect(validator.validate(value).errors).toEqual([]);
    const { answer } = cases[i] as Golden;
    const detections = answer.detections.map((one) => ({
      ...one,
      score: expect.closeTo(one.score, 4) as number,
      box: Object.fromEntries(Object.entries(one.box).map(([side, at]) => [side, expect.closeTo(at, 2) as number])),
    }));
    expect(value).toMatchObject({ ...answer, detections });
  });
}, 60_000);

test('bytes are answered by the defaults; what a request must not say is refused', async () => {
  const { service } = await serve('yolo-v8');
  const wide = readFileSync(here('pictures/wide.png'));
  const image = wide.toString('base64');
  const bad = [{ scoreThreshold: 1.1 }, { iouThreshold: '0.5' }, { maxDetections: 0 }, { maxDetections: 1001 }, { top: 1 }];
  const { outcomes } = await service.run([
    apiEvent({ type: 'image/png', body: wide }),
    ...bad.map((fields) => apiEvent({ body: JSON.stringify({ image, ...fields }) })),
    apiEvent({ type: 'image/png', body: wide.subarray(0, 2000) }),
  ]);
  const [bytes, ...refused] = outcomes as [Outcome, ...Outcome[]];
  const wanted = golden.find(({ model, picture }) => model === 'yolo-v8' && picture === 'wide.png')?.answer;
  const got = bodyOf(bytes) as Detections;
  expect(got.detections.map(({ className }) => className)).toEqual(wanted?.detections.map(({ className }) => className));
  expect(refused.map((one) => bodyOf(one).code)).toEqual([...bad.map(() => 'INVALID_REQUEST'), 'UNREADABLE_PICTURE']);
}, 60_000);

test('suppression by the graph is not done again, and a threshold for it is refused', async () => {
  const { service, task } = await serve('torchvision');
  expect(task.suppression).toBe('none');
  const { outcomes } = await service.run([{ image: pictureOf('wide.png'), iouThreshold: 0.1 }]);
  expect(outcomes[0]?.error?.name).toBe('INVALID_REQUEST');
}, 60_000);
