import { DescribeImagesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stringifyYaml } from '../../generator/yaml.ts';
import { imageOf } from '../artifact/weigh.ts';
import { call, type Aws } from '../aws/clients.ts';
import { findEngine } from '../docker.ts';
import { readTemplate, type Resource } from '../project.ts';
import type { Io } from '../../generator/io.ts';

/** What is deployed or packaged: a template, and what its images are called in their repository. */
export interface Images {
  readonly template: string;
  /** By logical id of the function. */
  readonly addresses: Readonly<Record<string, string>>;
}

/**
 * Names images by their place in the repository where they are there already, and leaves the others to SAM to push: a repository whose
 * tags are immutable takes no image twice, not even the same one.
 *
 * @param repository where images go; undefined where SAM makes one
 */
export async function findPushed(template: string, repository: string | undefined, aws: Aws, io: Io): Promise<Images> {
  const built = await readTemplate(template);
  const images = Object.entries(built.Resources).flatMap(([id, resource]) => {
    const name = imageOf(resource);
    return name === undefined ? [] : [{ id, resource, name }];
  });
  if (images.length === 0 || repository === undefined) return { template, addresses: {} };
  const engine = await findEngine(io.env, io.signal, 'build');
  const addresses: Record<string, string> = {};
  const pushed: Record<string, Resource> = {};
  for (const { id, resource, name } of images) {
    const tag = tagOf(name, (await engine.image(name))?.id ?? '');
    addresses[id] = `${repository}:${tag}`;
    if (await hasTag(aws, repository, tag))
      pushed[id] = { ...resource, Properties: { ...resource.Properties, ImageUri: addresses[id] } };
  }
  if (Object.keys(pushed).length === 0) return { template, addresses };
  io.stderr.write(`In the repository already: ${Object.keys(pushed).map((id) => addresses[id]).join(', ')}\n`); // prettier-ignore
  const here = join(dirname(template), 'template-pushed.yaml');
  await writeFile(here, stringifyYaml({ ...built, Resources: { ...built.Resources, ...pushed } }));
  return { template: here, addresses };
}

/**
 * The tag that SAM gives an image when it pushes it.
 *
 * @example tagOf('function:digits', 'sha256:932a426b37e1…') // 'function-932a426b37e1-digits'
 */
export function tagOf(name: string, id: string): string {
  const [repository = '', tag = 'latest'] = name.split(':');
  return `${repository}-${id.replace(/^sha256:/, '').slice(0, 12)}-${tag}`;
}

async function hasTag(aws: Aws, repository: string, imageTag: string): Promise<boolean> {
  const command = new DescribeImagesCommand({
    repositoryName: repository.slice(repository.indexOf('/') + 1),
    imageIds: [{ imageTag }],
  });
  try {
    const { imageDetails = [] } = await call(aws, (options) =>
      new ECRClient({ region: aws.region }).send(command, options),
    );
    return imageDetails.length > 0;
  } catch (error) {
    if (error instanceof Error && error.name === 'ImageNotFoundException') return false;
    throw error;
  }
}
