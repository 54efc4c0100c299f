import type { Blueprint } from '../../../generator/blueprint.ts';
import { planProject } from '../../../generator/create.ts';
import { samTemplate } from '../../../generator/template/template.ts';
import { breaks } from '../../../generator/update/signature/change.ts';
import { compareSignatures } from '../../../generator/update/signature/compare.ts';
import { bytes, type FileMap } from '../../../generator/write/file-map.ts';
import { byUrl, digits } from '../template/blueprints.ts';

const plan = (inputs: Blueprint['inputs']): FileMap =>
  planProject({
    blueprint: { ...digits, inputs },
    tool: { version: '0.1.0', dependency: '^0.1.0' },
    model: { 'model.onnx': bytes(Uint8Array.of(1)) },
    labels: Array.from({ length: 10 }, (_, i) => String(i)),
    fixtures: [],
    sample: {
      file: 'a.png',
      path: '/predict',
      contentType: 'image/png',
      body: Uint8Array.of(1),
      event: { image: 'AQ==', top: 2 },
    },
  });
const textOf = (files: FileMap, path: string): string => {
  const entry = files[path];
  return entry?.kind === 'text' ? entry.text : '';
};
const jsonOf = (files: FileMap, path: string) => JSON.parse(textOf(files, path)) as { dependencies?: object };
const inputFiles = (files: FileMap): string[] => Object.keys(files).filter((path) => path.startsWith('src/inputs/'));
const NONE = { https: false, s3: [] };

test('nothing of it is in a project that did not ask', () => {
  const files = plan(NONE);
  expect(inputFiles(files)).toEqual([]);
  expect(textOf(files, 'src/inputs.ts')).toContain('= undefined;');
  for (const path of ['src/model.ts', 'swagger.yaml', 'client.ts', 'README.md']) {
    expect(textOf(files, path)).not.toMatch(/UrlRequest|URL_REFUSED/);
  }
  expect(textOf(files, 'template.yaml')).not.toMatch(/INPUT_S3|input-s3/);
  expect(textOf(files, 'src/package.json')).not.toContain('ipaddr');
  expect(textOf(files, 'src/package-lock.json')).not.toContain('ipaddr');
  expect(textOf(files, 'package.json')).not.toMatch(/ipaddr|client-s3/);
  expect(files['events/predict-url.json']).toBeUndefined();
});

test('https brings its folder and the address check, and asks for no permission', () => {
  const files = plan({ https: true, s3: [] });
  expect(inputFiles(files)).toContain('src/inputs/https/web.ts');
  expect(inputFiles(files).filter((path) => path.includes('/s3/'))).toEqual([]);
  expect(jsonOf(files, 'src/package.json').dependencies).toHaveProperty(['ipaddr.js']);
  expect(textOf(files, 'package.json')).not.toContain('client-s3');
  expect(textOf(files, 'template.yaml')).toBe(textOf(plan(NONE), 'template.yaml'));
  expect(jsonOf(files, 'events/predict-url.json')).toEqual({ url: 'https://example.com/a.png', top: 2 });
});

test('s3 brings its own, and may read what was named and nothing else', () => {
  const s3 = ['pictures', 'archive/2024/', 'logs/x'];
  const files = plan({ https: false, s3 });
  expect(inputFiles(files)).toContain('src/inputs/s3/way.ts');
  expect(inputFiles(files).filter((path) => path.includes('/https/'))).toEqual([]);
  expect(textOf(files, 'src/package.json')).not.toContain('ipaddr');
  expect(textOf(files, 'package.json')).toContain('client-s3');
  expect(jsonOf(files, 'events/predict-url.json')).toEqual({ url: 's3://pictures/a.png', top: 2 });
  const { Function: fn, FunctionRole: role } = samTemplate({ ...digits, inputs: { https: false, s3 } }).Resources;
  expect(fn?.Properties).toMatchObject({ Environment: { Variables: { INPUT_S3: 'pictures,archive/2024/,logs/x' } } });
  const { Policies } = role?.Properties as { Policies: { PolicyName: string; PolicyDocument: object }[] };
  expect(Policies.find(({ PolicyName }) => PolicyName === 'input-s3')?.PolicyDocument).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: ['pictures/*', 'archive/2024/*', 'logs/x*'].map((place) => ({
          'Fn::Sub': `arn:\${AWS::Partition}:s3:::${place}`,
        })),
      },
    ],
  });
});

test('both are one list, and the schema that API Gateway checks is the handler’s', () => {
  const files = plan(byUrl.inputs);
  expect(textOf(files, 'src/inputs.ts')).toContain("named('url', [https, s3])");
  expect(textOf(files, 'src/model.ts')).toContain('export interface UrlRequest');
  expect(textOf(files, 'swagger.yaml')).toContain('UrlRequest');
  expect(textOf(files, 'client.ts')).toContain("Bytes | OrBytes<PictureRequest, 'image'> | UrlRequest");
});

test('URLs that come break no client, URLs that go do', () => {
  const changes = (old: Blueprint, now: Blueprint) =>
    compareSignatures({ blueprint: old, labels: undefined }, { blueprint: now, labels: undefined });
  expect(breaks(changes(digits, byUrl))).toBe(false);
  expect(breaks(changes(byUrl, digits))).toBe(true);
});
