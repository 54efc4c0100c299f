import { basename, dirname, isAbsolute, posix } from 'node:path';
import type { Resource, Template } from '../project.ts';
import type { Architecture } from './architecture.ts';

/** Where a resource keeps a path. */
const PATHS: Readonly<Record<string, string>> = {
  'AWS::Serverless::Function': 'CodeUri',
  'AWS::Serverless::LayerVersion': 'ContentUri',
};

/** Which property says for what processor a resource is. */
const ARCHITECTURES: Readonly<Record<string, string>> = {
  'AWS::Serverless::Function': 'Architectures',
  'AWS::Serverless::LayerVersion': 'CompatibleArchitectures',
};

/**
 * The same template for another processor, to lie in another folder: what `sam local` runs where the project's
 * own architecture would need emulation. Layers that are built come from copies beside the template.
 *
 * @param toRoot way from the new folder to the project, with forward slashes
 * @param toLayers way from the new folder to the copies of the built layers
 */
export function localTemplate(
  template: Template,
  architecture: Architecture,
  toRoot: string,
  toLayers: string,
): Template {
  const resources = Object.entries(template.Resources).map(([id, resource]) => {
    const path = PATHS[resource.Type];
    const processor = ARCHITECTURES[resource.Type];
    const properties = resource.Properties ?? {};
    const uri = path && properties[path];
    return [
      id,
      {
        ...resource,
        Properties: {
          ...properties,
          ...(path && uri !== undefined && { [path]: moved(uri, isBuiltLayer(resource) ? toLayers : toRoot) }),
          ...(processor && { [processor]: [architecture] }),
        },
        ...metadataFor(resource, architecture, toRoot),
      },
    ] as const;
  });
  const here = withIncludes({ ...template, Resources: Object.fromEntries(resources) }, toRoot) as Template;
  return withLocalModel(here, toRoot);
}

/** A layer is built for the processor that its metadata say; an image of another one is not to take the name of what is deployed. */
function metadataFor({ Metadata }: Resource, architecture: Architecture, toRoot: string): Partial<Resource> {
  const changed = {
    ...(Metadata?.['BuildArchitecture'] !== undefined && { BuildArchitecture: architecture }),
    ...(Metadata?.['DockerContext'] !== undefined && {
      DockerContext: moved(Metadata['DockerContext'], toRoot),
      DockerTag: `${String(Metadata['DockerTag'])}-${architecture}`,
    }),
  };
  return Object.keys(changed).length > 0 ? { Metadata: { ...Metadata, ...changed } } : {};
}

const LOCAL_LAYER = 'LocalModelLayer';

/** Path in the project of a model that Lambda fetches from S3; undefined where it is in a layer. */
export function localModelOf(template: Template): string | undefined {
  const metadata = Object.values(template.Resources).map(({ Metadata }) => Metadata?.['LocalModel']);
  return metadata.find((path) => typeof path === 'string');
}

/** In a container here the model comes from a layer, which may be of any size, or is in the image. */
function withLocalModel(template: Template, toRoot: string): Template {
  const model = localModelOf(template);
  if (model === undefined) return template;
  const resources = Object.entries(template.Resources).map(([id, resource]): [string, Resource] => {
    if (resource.Metadata?.['LocalModel'] === undefined) return [id, resource];
    const { Environment } = (resource.Properties ?? {}) as { Environment?: { Variables?: object } };
    const Variables = { ...Environment?.Variables, MODEL_FILE: `/opt/${basename(model)}` };
    const Properties = { ...resource.Properties, Environment: { Variables } };
    return [id, isImage(resource) ? wholeImage(resource, Properties) : withLayer(resource, Properties)];
  });
  const local = Object.fromEntries(resources);
  if (Object.values(local).some(isImage)) return { ...template, Resources: local };
  const layer = {
    Type: 'AWS::Serverless::LayerVersion',
    Properties: { ContentUri: posix.join(toRoot, dirname(model)) },
  };
  return { ...template, Resources: { ...local, [LOCAL_LAYER]: layer } };
}

const isImage = ({ Properties }: Resource): boolean => Properties?.['PackageType'] === 'Image';

/** The last stage of its Dockerfile has the model. */
function wholeImage({ Metadata, ...resource }: Resource, Properties: Resource['Properties']): Resource {
  const rest = Object.entries(Metadata ?? {}).filter(([key]) => key !== 'DockerBuildTarget');
  return { ...resource, Metadata: Object.fromEntries(rest), Properties: Properties ?? {} };
}

function withLayer(resource: Resource, Properties: Resource['Properties']): Resource {
  const { Layers = [] } = (Properties ?? {}) as { Layers?: unknown[] };
  return { ...resource, Properties: { ...Properties, Layers: [...Layers, { Ref: LOCAL_LAYER }] } };
}

/** A layer that `sam build` makes, rather than one that is taken as it lies. */
export const isBuiltLayer = (resource: Resource): boolean =>
  resource.Type === 'AWS::Serverless::LayerVersion' && resource.Metadata?.['BuildMethod'] !== undefined;

const moved = (path: unknown, base: string): unknown =>
  typeof path !== 'string' || isAbsolute(path) || path.startsWith('s3://') ? path : posix.join(base, path);

/** The value with the Location of every AWS::Include moved. */
function withIncludes(value: unknown, toRoot: string): unknown {
  if (Array.isArray(value)) return value.map((item) => withIncludes(item, toRoot));
  if (typeof value !== 'object' || value === null) return value;
  const { Name, Parameters } = value as { Name?: unknown; Parameters?: { Location?: unknown } };
  if (Name === 'AWS::Include' && Parameters?.Location !== undefined) {
    return { ...value, Parameters: { ...Parameters, Location: moved(Parameters.Location, toRoot) } };
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withIncludes(inner, toRoot)]));
}
