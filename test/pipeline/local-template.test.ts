import { expect, test } from '@jest/globals';
import { engineAddresses } from '../../pipeline/docker.ts';
import { localTemplate } from '../../pipeline/local/template.ts';
import type { Template } from '../../pipeline/project.ts';

const template: Template = {
  Transform: 'AWS::Serverless-2016-10-31',
  Resources: {
    Function: {
      Type: 'AWS::Serverless::Function',
      Properties: { CodeUri: 'src/', Architectures: ['arm64'], Timeout: 20 },
    },
    RuntimeLayer: {
      Type: 'AWS::Serverless::LayerVersion',
      Metadata: { BuildMethod: 'nodejs24.x', BuildArchitecture: 'arm64' },
      Properties: { ContentUri: 'runtime/', CompatibleArchitectures: ['arm64'] },
    },
    ModelLayer: {
      Type: 'AWS::Serverless::LayerVersion',
      Properties: { ContentUri: 'model/', CompatibleArchitectures: ['arm64'] },
    },
    Api: {
      Type: 'AWS::Serverless::Api',
      Properties: {
        DefinitionBody: {
          'Fn::If': [
            'IsProd',
            { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 'swagger.yaml' } } },
            {},
          ],
        },
      },
    },
  },
};

test('the same template for this machine, from another folder', () => {
  const local = localTemplate(template, 'x86_64', '../../..', 'layers');
  expect(local.Resources['Function']?.Properties).toEqual({
    CodeUri: '../../../src/',
    Architectures: ['x86_64'],
    Timeout: 20,
  });
  expect(local.Resources['RuntimeLayer']).toMatchObject({
    Metadata: { BuildMethod: 'nodejs24.x', BuildArchitecture: 'x86_64' },
    Properties: { ContentUri: 'layers/runtime/', CompatibleArchitectures: ['x86_64'] },
  });
  expect(local.Resources['ModelLayer']?.Properties).toEqual({
    ContentUri: '../../../model/',
    CompatibleArchitectures: ['x86_64'],
  });
  expect(JSON.stringify(local.Resources['Api'])).toContain('"Location":"../../../swagger.yaml"');
  expect(JSON.stringify(local)).not.toContain('arm64');
});

test('DOCKER_HOST alone counts where it is set', () => {
  expect(engineAddresses({ DOCKER_HOST: 'unix:///run/user/1/docker.sock' })).toEqual([
    { socketPath: '/run/user/1/docker.sock' },
  ]);
  expect(engineAddresses({ DOCKER_HOST: 'tcp://127.0.0.1:2376' })).toEqual([{ host: '127.0.0.1', port: 2376 }]);
  expect(engineAddresses({}, 'linux')[0]).toEqual({ socketPath: '/var/run/docker.sock' });
  expect(engineAddresses({}, 'win32')).toEqual([{ socketPath: '//./pipe/docker_engine' }]);
});

test('a model that Lambda fetches from S3 is a layer here', () => {
  const { ModelLayer, Function: own, ...rest } = template.Resources;
  const Properties = {
    ...own?.Properties,
    Layers: [{ Ref: 'RuntimeLayer' }],
    Environment: { Variables: { MODEL_SHA256: 'a' } },
  };
  const fetching = {
    Type: 'AWS::Serverless::Function',
    Metadata: { BuildMethod: 'esbuild', LocalModel: 'model/model.onnx' },
    Properties,
  };
  const local = localTemplate({ ...template, Resources: { ...rest, Function: fetching } }, 'x86_64', '../..', 'layers');
  expect(local.Resources['Function']?.Properties).toMatchObject({
    Layers: [{ Ref: 'RuntimeLayer' }, { Ref: 'LocalModelLayer' }],
    Environment: { Variables: { MODEL_SHA256: 'a', MODEL_FILE: '/opt/model.onnx' } },
  });
  expect(local.Resources['LocalModelLayer']?.Properties).toEqual({ ContentUri: '../../model' });
  expect(ModelLayer).toBeDefined();
});

test('a model that Lambda fetches from S3 is in the image here, which has another name than what is deployed', () => {
  const own = {
    Type: 'AWS::Serverless::Function',
    Metadata: {
      Dockerfile: 'Dockerfile',
      DockerContext: '.',
      DockerTag: 'digits',
      DockerBuildTarget: 'deployed',
      LocalModel: 'model/model.onnx',
    },
    Properties: { PackageType: 'Image', Environment: { Variables: { MODEL_SHA256: 'a' } } },
  };
  const { Resources } = localTemplate({ Resources: { Function: own } }, 'arm64', '../../..', 'layers');
  expect(Resources).toEqual({
    Function: {
      Type: own.Type,
      Metadata: {
        Dockerfile: 'Dockerfile',
        DockerContext: '../../..',
        DockerTag: 'digits-arm64',
        LocalModel: 'model/model.onnx',
      },
      Properties: {
        PackageType: 'Image',
        Architectures: ['arm64'],
        Environment: { Variables: { MODEL_SHA256: 'a', MODEL_FILE: '/opt/model.onnx' } },
      },
    },
  });
});
