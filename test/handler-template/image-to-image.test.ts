import sharp from 'sharp';
import { imageToImageOperation } from '../../generator/tasks/image-to-image/operation.ts';
import type { Model } from '../../handler-template/src/spec.ts';
import type { Settings } from '../../handler-template/src/tasks/image-to-image/settings.ts';
import { apiSchemas } from '../../swagger/schemas.ts';
import { Folder } from '../models/files.ts';
import { identity } from '../models/identity.ts';
import { digits } from '../generator/template/blueprints.ts';
import { apiEvent, bodyOf, Service, type Outcome } from './service.ts';

const models = new Folder();
const services: Service[] = [];
afterAll(() => [models, ...services].forEach((made) => made.dispose()));

const PLAIN: Settings = {
  kind: 'image-to-image',
  input: 'x',
  output: 'x_out',
  preprocessing: {
    width: 32, height: 32, resize: { kind: 'none' }, resample: 'bilinear', colorOrder: 'RGB', layout: 'NCHW',
    rescaleFactor: 1 / 255, mean: [0.4, 0.5, 0.6], std: [0.2, 0.3, 0.4],
  },
  result: { colors: 'RGB', layout: 'NCHW', values: 'normalized' },
  size: 'model',
}; // prettier-ignore

/** A service whose model gives back what it gets. */
async function serve(task: Settings, dims: Model['inputs'][number]['dims']): Promise<Service> {
  const elementType = 'float32';
  const file = models.model('x.onnx', identity({ x: { elementType, dims } }));
  const predict = imageToImageOperation({ ...task, scale: 1 } as never, digits);
  const model: Model = {
    name: 'echo',
    version: '1',
    task,
    inputs: [{ name: 'x', elementType, dims }],
    outputs: [{ name: 'x_out', elementType, dims }],
    limits: { megapixels: 0.1 },
    protocol: true,
  };
  const sources = {
    'model.ts': `export const model = ${JSON.stringify(model)};\nexport const schemas = ${JSON.stringify(apiSchemas(predict))};`,
    'task.ts':
      "import { model } from './model.ts';\nimport { imageToImage } from './tasks/image-to-image/task.ts';\nexport const task = imageToImage(model.task as never, model as never);\n",
  };
  const service = await Service.of(file, model, sources);
  services.push(service);
  return service;
}

/** Every pixel another colour. */
const raw = { width: 40, height: 24, channels: 3 as const };
const pixels = Uint8Array.from({ length: 40 * 24 * 3 }, (_, i) => (i * 37) % 256);
const png = (): Promise<Buffer> => sharp(pixels, { raw }).png().toBuffer();

const asked = (body: Buffer, accept?: string): object => {
  const event = apiEvent({ type: 'image/png', body }) as { headers: object };
  return accept === undefined ? event : { ...event, headers: { ...event.headers, Accept: accept } };
};

const fileOf = ({ value }: Outcome): Buffer => Buffer.from(value?.body ?? '', 'base64');

describe('a model that gives back what it gets', () => {
  let service: Service;
  let picture: Buffer;
  beforeAll(async () => {
    picture = await png();
    service = await serve(PLAIN, ['N', 3, 'h', 'w']);
  });

  test('gives back each value of each pixel', async () => {
    const { outcomes } = await service.run([asked(picture), { image: picture.toString('base64') }]);
    const [http, direct] = outcomes as [Outcome, Outcome];
    expect(http.value).toMatchObject({
      statusCode: 200,
      headers: { 'Content-Type': 'image/png' },
      isBase64Encoded: true,
    });
    const { data, info } = await sharp(fileOf(http)).raw().toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ ...raw });
    expect(Buffer.compare(data, Buffer.from(pixels))).toBe(0);
    expect(direct.value).toEqual({
      image: http.value?.body,
      contentType: 'image/png',
      model: { name: 'echo', version: '1' },
    });
  });

  test.each([
    ['*/*', 'image/png'],
    ['', 'image/png'],
    ['image/*', 'image/png'],
    ['image/jpeg', 'image/jpeg'],
    ['image/png;q=0.5, image/jpeg', 'image/jpeg'],
    ['image/webp, image/*;q=0.8, */*;q=0.1', 'image/png'],
    ['image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8', 'image/png'],
    ['IMAGE/JPEG', 'image/jpeg'],
    ['application/json', 'application/json'],
    ['image/png;q=0, */*', 'image/jpeg'],
  ])('Accept %j: %s', async (accept, type) => {
    const { outcomes } = await service.run([asked(picture, accept)]);
    expect(outcomes[0]?.value).toMatchObject({ statusCode: 200, headers: { 'Content-Type': type } });
    if (type === 'application/json') return;
    expect((await sharp(fileOf(outcomes[0] as Outcome)).metadata()).format).toBe(type.slice('image/'.length));
  });

  test.each(['image/webp', 'text/html', 'image/png;q=0', 'nonsense'])('Accept %j: 406', async (accept) => {
    const { outcomes } = await service.run([asked(picture, accept)]);
    expect(outcomes[0]?.value?.statusCode).toBe(406);
    expect(bodyOf(outcomes[0] as Outcome).code).toBe('NOT_ACCEPTABLE');
  });

  test('JSON says what the picture in it is to be', async () => {
    const json = { image: picture.toString('base64'), contentType: 'image/jpeg' };
    const http = apiEvent({ body: JSON.stringify(json) });
    const { outcomes } = await service.run([json, http, { ...json, contentType: 'image/gif' }]);
    expect(outcomes[0]?.value).toMatchObject({ contentType: 'image/jpeg', image: expect.stringMatching(/^\/9j\//) as string });
    expect(outcomes[1]?.value?.headers).toMatchObject({ 'Content-Type': 'image/jpeg' });
    expect(outcomes[2]?.error?.name).toBe('INVALID_REQUEST');
  });

  test('a body that API Gateway took for bytes is JSON none the less', async () => {
    const body = Buffer.from(JSON.stringify({ image: picture.toString('base64') }));
    const { outcomes } = await service.run([apiEvent({ type: 'application/json', body })]);
    expect(outcomes[0]?.value?.statusCode).toBe(200);
  });

  test('a picture with too many pixels is refused', async () => {
    const large = await sharp({ create: { width: 400, height: 300, channels: 3, background: 'red' } }).png().toBuffer();
    const { outcomes } = await service.run([asked(large)]);
    expect(bodyOf(outcomes[0] as Outcome).code).toBe('PICTURE_TOO_LARGE');
  });
});

test('one channel is answered as one', async () => {
  const preprocessing = { ...PLAIN.preprocessing, colorOrder: 'gray', mean: [0], std: [1] } as const;
  const result = { colors: 'gray', layout: 'NCHW', values: 'unit' } as const;
  const service = await serve({ ...PLAIN, preprocessing, result }, ['N', 1, 'h', 'w']);
  const gray = await sharp({ create: { width: 8, height: 4, channels: 3, background: '#646464' } }).png().toBuffer();
  const { outcomes } = await service.run([asked(gray), asked(gray, 'image/jpeg')]);
  for (const outcome of outcomes as [Outcome, Outcome])
    expect(await sharp(fileOf(outcome)).metadata()).toMatchObject({ width: 8, height: 4, channels: 1 });
  const { data } = await sharp(fileOf(outcomes[0] as Outcome)).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  expect([...data]).toEqual(Array(32).fill(100));
});

describe('numbers that are no picture', () => {
  test('infinite ones', async () => {
    const preprocessing = { ...PLAIN.preprocessing, rescaleFactor: 1e39 };
    const service = await serve({ ...PLAIN, preprocessing }, ['N', 3, 'h', 'w']);
    const { outcomes } = await service.run([asked(await png())]);
    expect(bodyOf(outcomes[0] as Outcome).code).toBe('RESULT_NOT_FINITE');
  });

  test('another number of channels than it was built for', async () => {
    const service = await serve({ ...PLAIN, result: { ...PLAIN.result, colors: 'RGBA' } }, ['N', 3, 'h', 'w']);
    const { outcomes } = await service.run([asked(await png())]);
    expect(bodyOf(outcomes[0] as Outcome).code).toBe('RESULT_UNEXPECTED');
  });
});
