import { describe, expect, test } from '@jest/globals';
import { instruction } from '../../pipeline/docker.ts';
import type { Project } from '../../pipeline/project.ts';
import { tagOf } from '../../pipeline/registry/images.ts';
import { repositoryOf, uploadsOf } from '../../pipeline/registry/places.ts';
import { targetOf } from '../../pipeline/stage.ts';
import { companionOf } from '../../pipeline/destroy/companion.ts';
import { asImage, digits } from '../generator/template/blueprints.ts';

const project = (blueprint: Project['blueprint'], config: Project['config'] = {}): Project => ({
  root: '/p',
  blueprint,
  template: { Resources: {} },
  configFile: undefined,
  config,
});
const settings = {
  stackName: 'configured',
  region: undefined,
  overrides: {},
  prefix: 'there',
  repository: '1.dkr.ecr.us-east-1.amazonaws.com/own',
  hasCapabilities: true,
};
const registry = { bucket: 'b', repository: '1.dkr.ecr.us-east-1.amazonaws.com/r' };

describe('names of a stage', () => {
  test('come from the project where nothing else says them', () => {
    expect(targetOf(project(digits), 'stage')).toMatchObject({
      stackName: 'digits-stage',
      registry: 'digits-registry-stage',
      prefix: 'digits-stage',
    });
  });

  test('come from samconfig.yaml, and from the call before it; another stack has a folder of its own', () => {
    const configured = project(digits, { dev: settings });
    expect(targetOf(configured, 'dev')).toMatchObject({ stackName: 'configured', prefix: 'there' });
    expect(targetOf(configured, 'dev', { stack: 'mine' })).toMatchObject({ stackName: 'mine', prefix: 'mine' });
    expect(targetOf(configured, 'dev', { prefix: 'a/b', registry: 'r' })).toMatchObject({
      stackName: 'configured',
      prefix: 'a/b',
      registry: 'r',
    });
  });

  test.each([
    { stack: '1st' },
    { stack: 'a'.repeat(65) },
    { stack: '' },
    { registry: 'a b' },
    { prefix: '/a' },
    { prefix: 'a/' },
    { prefix: 'a//b' },
    { prefix: 'a b' },
  ])('%j is refused', (names) => {
    expect(() => targetOf(project(digits), 'dev', names)).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });
});

describe('where artifacts go', () => {
  const to = (blueprint: Project['blueprint'], config: Project['config'], found: typeof registry | undefined) => {
    const target = targetOf(project(blueprint, config), 'dev');
    const uploads = uploadsOf(project(blueprint, config), target, found);
    return { ...uploads, images: repositoryOf(uploads, target) };
  };

  test('to SAM’s own without a registry', () => {
    expect(to(digits, {}, undefined)).toMatchObject({ bucket: undefined, repository: undefined, images: undefined });
    expect(to(asImage, {}, undefined)).toMatchObject({ repository: 'made by SAM', images: undefined });
  });

  test('to the registry where there is one; a zip needs no repository', () => {
    expect(to(digits, {}, registry)).toMatchObject({ bucket: 'b', repository: undefined });
    const uri = registry.repository;
    expect(to(asImage, {}, registry)).toMatchObject({ bucket: 'b', repository: { uri }, images: uri });
  });

  test('to the repository that samconfig.yaml names before any other: SAM reads it there', () => {
    expect(to(asImage, { dev: settings }, registry)).toMatchObject({
      bucket: 'b',
      repository: undefined,
      images: settings.repository,
    });
  });
});

test('an image is called in a repository as SAM calls it', () => {
  expect(tagOf('function:digits', 'sha256:932a426b37e10e9a')).toBe('function-932a426b37e1-digits');
});

test('the stack that SAM makes for images is known by the name of the function’s', () => {
  // samcli.lib.bootstrap.companion_stack.data_types.CompanionStack('digits-dev').stack_name
  expect(companionOf('digits-dev')).toBe('digits-dev-941e628a-CompanionStack');
});

test.each([
  ['/bin/sh -c #(nop) COPY dir:55b6214ddffd in /opt ', 'COPY /opt'],
  ['/bin/sh -c #(nop)  CMD ["handler.handler"]', 'CMD ["handler.handler"]'],
  ['COPY /image/runtime /opt # buildkit', 'COPY /image/runtime /opt'],
  ['/bin/sh -c npm ci', '/bin/sh -c npm ci'],
])('%s', (createdBy, line) => {
  expect(instruction(createdBy)).toBe(line);
});
