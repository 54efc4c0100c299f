import fc from 'fast-check';
import { Blueprint } from '../../../generator/blueprint.ts';
import { deploymentFiles } from '../../../generator/template/files.ts';
import { checkLimits } from '../../../generator/template/limits.ts';
import { storageFor } from '../../../generator/template/model-source.ts';
import { samTemplate } from '../../../generator/template/template.ts';
import { digits, fromS3, inOwnBucket, onWeb } from './blueprints.ts';

const MB = 1_048_576;

test('a model in S3: no layer for it, room in /tmp, and the role may read the models of this stack alone', () => {
  const { Resources, Parameters, Rules } = samTemplate(fromS3);
  expect(Resources['ModelLayer']).toBeUndefined();
  expect(Resources['Function']?.Properties).toMatchObject({
    Layers: [{ Ref: 'RuntimeLayer' }],
    EphemeralStorage: { Size: 1024 },
    VersionDescription: {
      'Fn::Sub': '${MemorySize} MB, model ${ModelSha256} ${ModelVersionId}, pages of ${AllowOrigin}',
    },
    Environment: { Variables: { MODEL_VERSION_ID: { Ref: 'ModelVersionId' }, MODEL_SHA256: { Ref: 'ModelSha256' } } },
  });
  const policies = JSON.stringify(Resources['FunctionRole']?.Properties['Policies']);
  expect(policies).toContain('"s3:GetObjectVersion"');
  expect(policies).toContain('s3:::${ModelBucket}/${AWS::StackName}/*');
  expect(policies.match(/s3:/g)).toHaveLength(2);
  const pins = ['ModelBucket', 'ModelVersionId', 'ModelSha256'];
  expect(Object.keys(Parameters)).toEqual(expect.arrayContaining(pins));
  expect(JSON.stringify(Rules)).toContain('ModelVersionId');
});

test('a model on the web: what it must be, a layer with what does not come with it, and no right to anything', () => {
  const { Resources, Parameters } = samTemplate(onWeb);
  expect(Resources['Function']?.Properties).toMatchObject({
    Layers: [{ Ref: 'RuntimeLayer' }, { Ref: 'BesideModelLayer' }],
    Environment: {
      Variables: {
        MODEL_URL: 'https://example.com/zoo/model.tar.gz',
        MODEL_SHA256: 'a'.repeat(64),
        MODEL_SECONDS: '29',
      },
    },
  });
  expect(JSON.stringify(Resources['FunctionRole'])).not.toContain('s3:');
  expect(Object.keys(Parameters)).not.toContain('ModelSha256');
});

test('a model in a layer: nothing of S3', () => {
  const text = JSON.stringify(samTemplate(digits));
  expect(text).not.toMatch(/s3:Get|ModelBucket|EphemeralStorage|LocalModel/);
  expect(text).toContain('ModelLayer');
});

test('/tmp holds the model, and never less than Lambda has; what is too large for it is over a limit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000 * MB }), (bytes) => {
      const storage = storageFor(bytes);
      expect(storage * MB).toBeGreaterThanOrEqual(bytes + 64 * MB);
      expect(storage).toBeGreaterThanOrEqual(512);
    }),
  );
  const large = { ...fromS3, model: { ...fromS3.model, source: { kind: 's3', storage: storageFor(10_300 * MB) } } };
  expect(checkLimits(samTemplate(large as Blueprint)).map(({ where }) => where)).toEqual([
    'Resources.Function.EphemeralStorage.Size',
  ]);
});

test('a Blueprint that says nothing of it has its model in a layer', () => {
  const model = Object.fromEntries(Object.entries(digits.model).filter(([key]) => key !== 'source'));
  expect(Blueprint.parse({ ...digits, model }).model.source).toEqual({ kind: 'layer' });
});

test('a bucket of the stage alone is a stack of its own; the function may read it as it may read any', () => {
  expect(Object.keys(deploymentFiles(inOwnBucket))).toContain('models.yaml');
  expect(Object.keys(deploymentFiles(fromS3))).not.toContain('models.yaml');
  expect(samTemplate(inOwnBucket)).toEqual(samTemplate(fromS3));
});
