import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import { crc32 } from './png.ts';
import { apiEvent, bodyOf, picture, Service, type Outcome, type Run } from './service.ts';

const golden = (name: string): Buffer =>
  readFileSync(fileURLToPath(new URL(`../../fixtures/golden/pictures/${name}`, import.meta.url)));

const half = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length / 2);
const deep = 200_000;
const seven = picture('seven.png').toString('base64');

/** A PNG of zeros: a few hundred kB that unpack to `width` × `height` pixels; `rows` says how many really are there. */
function bomb(width: number, height: number, rows = 0): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const chunk = (type: string, body: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(type), body]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(body.length, 0);
    frame.writeUInt32BE(crc32(named), 4);
    return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
  };
  const data = deflateSync(Buffer.alloc(rows * (1 + width * 3)), { level: 9 });
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

/** The size in a JPEG's frame header, or in a lossless WebP's, written over. */
function resized(bytes: Buffer, width: number, height: number): Buffer {
  const copy = Buffer.from(bytes);
  const frame = copy.indexOf(Buffer.from([0xff, 0xc0]));
  copy.writeUInt16BE(height, frame + 5);
  copy.writeUInt16BE(width, frame + 7);
  return copy;
}

const ftyp = (brand: string): Buffer => Buffer.from(`\0\0\0\x20ftyp${brand}\0\0\0\0${brand}mif1miaf`, 'latin1');
const html = Buffer.from('<!doctype html><title>Not found</title>');
const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
const gif = Buffer.from('R0lGODlhAQABAIAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64');
const tiff = Buffer.from('II*\0\x08\0\0\0\0\0', 'latin1');

interface Row {
  readonly name: string;
  readonly event: object;
  readonly status: number;
  readonly code: string;
  /** Milliseconds that the answer may take at most. */
  readonly within?: number;
}

const json = (body: string | null): object => apiEvent({ body });
const image = (bytes: Buffer, type = 'image/png'): object => apiEvent({ type, body: bytes });
const asJson = (value: unknown): object => json(JSON.stringify(value));

const ROWS: readonly Row[] = [
  { name: 'no body', event: json(null), status: 400, code: 'EMPTY_BODY' },
  { name: 'an empty body', event: json(''), status: 400, code: 'EMPTY_BODY' },
  { name: 'an empty picture', event: image(Buffer.alloc(0)), status: 400, code: 'EMPTY_BODY' },
  { name: '{', event: json('{'), status: 400, code: 'INVALID_JSON' },
  { name: 'bytes that are not UTF-8', event: apiEvent({ body: Buffer.from([0x22, 0xff, 0x22]) }), status: 400, code: 'INVALID_JSON' }, // prettier-ignore
  { name: 'arrays nested 200,000 deep', event: json('['.repeat(deep) + ']'.repeat(deep)), status: 400, code: 'INVALID_REQUEST' }, // prettier-ignore
  { name: 'arrays nested and never closed', event: json('['.repeat(deep)), status: 400, code: 'INVALID_JSON' },
  { name: 'objects nested 200,000 deep', event: json('{"image":'.repeat(deep) + '1' + '}'.repeat(deep)), status: 400, code: 'INVALID_REQUEST' }, // prettier-ignore
  { name: 'null', event: json('null'), status: 400, code: 'INVALID_REQUEST' },
  { name: 'a list', event: json('[]'), status: 400, code: 'INVALID_REQUEST' },
  { name: 'nothing in it', event: asJson({}), status: 400, code: 'INVALID_REQUEST' },
  { name: 'an unknown key', event: asJson({ image: seven, url: 'http://127.0.0.1/' }), status: 400, code: 'INVALID_REQUEST' }, // prettier-ignore
  { name: '__proto__', event: json(`{"image":"${seven}","__proto__":{"polluted":1}}`), status: 400, code: 'INVALID_REQUEST' }, // prettier-ignore
  { name: 'constructor', event: json(`{"image":"${seven}","constructor":{"prototype":{"polluted":1}}}`), status: 400, code: 'INVALID_REQUEST' }, // prettier-ignore
  { name: 'image null', event: asJson({ image: null }), status: 400, code: 'INVALID_REQUEST' },
  { name: 'image empty', event: asJson({ image: '' }), status: 400, code: 'INVALID_REQUEST' },
  ...['0', '-1', '11', '1.5', '"3"', 'null', '1e400', 'true'].map((top) => ({
    name: `top ${top}`,
    event: json(`{"image":"${seven}","top":${top}}`),
    status: 400,
    code: 'INVALID_REQUEST',
  })),
  ...['not base64!!@@', 'iVBORw0KGgo', 'iVBO\nRw0K', 'data:image/png;base64,iVBORw0K', 'iVBO-_0K', '====', 'A===', 'AA=A'].map((text) => ({
    name: `base64 ${JSON.stringify(text)}`,
    event: asJson({ image: text }),
    status: 400,
    code: 'INVALID_BASE64',
  })), // prettier-ignore
  { name: 'a body that says base64 and is not', event: { ...image(gif), body: 'not base64!!@@' }, status: 400, code: 'INVALID_BASE64' }, // prettier-ignore
  { name: 'text/plain', event: apiEvent({ type: 'text/plain', body: 'hello' }), status: 415, code: 'UNSUPPORTED_CONTENT_TYPE' }, // prettier-ignore
  ...['image/svg+xml', 'image/gif', 'image/tiff', 'image/avif', 'multipart/form-data; boundary=x', 'application/jsonp', ''].map((type) => ({
    name: `content type ${type || '(empty)'}`,
    event: image(picture('seven.png'), type),
    status: 415,
    code: 'UNSUPPORTED_CONTENT_TYPE',
  })), // prettier-ignore
  ...Object.entries({ html, svg, gif, tiff, avif: ftyp('avif'), heic: ftyp('heic'), byte: Buffer.from([0x89]) }).flatMap(
    ([kind, bytes]) => [
      { name: `${kind} named image/png`, event: image(bytes), status: 415, code: 'UNSUPPORTED_PICTURE' },
      { name: `${kind} in JSON`, event: asJson({ image: bytes.toString('base64') }), status: 415, code: 'UNSUPPORTED_PICTURE' },
    ],
  ), // prettier-ignore
  { name: '6 MB and more', event: asJson({ image: 'A'.repeat(6_291_560) }), status: 413, code: 'PAYLOAD_TOO_LARGE' },
  {
    name: '16,000 × 16,000 PNG',
    event: image(bomb(16_000, 16_000, 100)),
    status: 413,
    code: 'PICTURE_TOO_LARGE',
    within: 50,
  },
  { name: 'a whole 5,000 × 5,000 PNG', event: image(bomb(5000, 5000, 5000)), status: 413, code: 'PICTURE_TOO_LARGE', within: 50 }, // prettier-ignore
  { name: 'the largest PNG there is', event: image(bomb(2 ** 31 - 1, 2 ** 31 - 1)), status: 422, code: 'UNREADABLE_PICTURE', within: 50 }, // prettier-ignore
  { name: '65,000 × 65,000 JPEG', event: image(resized(golden('rgb.jpg'), 65_000, 65_000), 'image/jpeg'), status: 413, code: 'PICTURE_TOO_LARGE', within: 50 }, // prettier-ignore
  {
    name: '1 × 24,000,000 PNG',
    event: image(bomb(1, 24_000_000, 10)),
    status: 413,
    code: 'PICTURE_TOO_LARGE',
    within: 50,
  },
  { name: 'half a JPEG', event: image(half(golden('rgb.jpg')), 'image/jpeg'), status: 422, code: 'UNREADABLE_PICTURE' },
  { name: 'half a progressive JPEG', event: image(half(golden('progressive.jpg')), 'image/jpeg'), status: 422, code: 'UNREADABLE_PICTURE' }, // prettier-ignore
  { name: 'half a PNG', event: image(half(golden('scene.png'))), status: 422, code: 'UNREADABLE_PICTURE' },
  { name: 'half a lossy WebP', event: image(half(golden('lossy.webp')), 'image/webp'), status: 422, code: 'UNREADABLE_PICTURE' }, // prettier-ignore
  { name: 'half a lossless WebP', event: image(half(golden('lossless.webp')), 'image/webp'), status: 422, code: 'UNREADABLE_PICTURE' }, // prettier-ignore
  { name: 'a header alone', event: image(golden('scene.png').subarray(0, 8)), status: 422, code: 'UNREADABLE_PICTURE' },
  { name: 'a PNG of 0 × 0', event: image(bomb(0, 0)), status: 422, code: 'UNREADABLE_PICTURE' },
];

let service: Service;
let run: Run;
beforeAll(async () => {
  service = await Service.digits();
  // The first picture of a process loads decoders: times are of a warm one.
  const warm = [{ image: seven }, { image: picture('one.jpg').toString('base64') }];
  const { outcomes, ...rest } = await service.run([...warm, ...ROWS.map(({ event }) => event)]);
  run = { ...rest, outcomes: outcomes.slice(warm.length) };
});
afterAll(() => service.dispose());

test.each(ROWS.map((row, i) => ({ ...row, i })))('$name: $status $code', ({ status, code, within = 5_000, i }) => {
  const outcome = run.outcomes[i] as Outcome;
  const body = bodyOf(outcome);
  expect({ status: outcome.value?.statusCode, code: body.code }).toEqual({ status, code });
  expect(Object.keys(body).sort()).toEqual(['code', 'message']);
  // Nothing about internals: no path, no library, no stack.
  expect(body.message).not.toMatch(/\/(tmp|var|opt|home|usr)\/|node_modules|vips|sharp|onnx|\bat .*:\d+/i);
  expect(body.message?.length).toBeLessThan(250);
  expect(outcome.milliseconds).toBeLessThan(within);
});

test('nothing was polluted, and it answers as before', async () => {
  expect(run.polluted).toBe(false);
});

test('a direct invoke fails with the code as its name, and shows nothing else', async () => {
  const events = [null, 'text', [], {}, { image: seven, extra: 1 }, { image: 'not base64!!@@' }, { image: 'AAAA' }];
  const truncated = { image: half(golden('rgb.jpg')).toString('base64') };
  const { outcomes } = await service.run([...events, truncated]);
  expect(outcomes.map(({ error }) => error?.name)).toEqual([
    'INVALID_REQUEST',
    'INVALID_REQUEST',
    'INVALID_REQUEST',
    'INVALID_REQUEST',
    'INVALID_REQUEST',
    'INVALID_BASE64',
    'UNSUPPORTED_PICTURE',
    'UNREADABLE_PICTURE',
  ]);
  for (const { error } of outcomes) expect(error?.stack).toBe(`${error?.name}: ${error?.message}`);
});
