import { resolve as resolvePath } from 'node:path';
import { resolve, type Scope } from './intrinsics.ts';
import { invalid, isMapping, listAt, mappingAt, textAt, type Mapping } from './values.ts';

/** One layer: what Lambda lays under /opt. */
export interface Layer {
  readonly logicalId: string;
  /** Absolute folder of its content on this machine. */
  readonly folder: string;
  /** `nodejs24.x` where npm builds it (packages under /opt/nodejs/node_modules); undefined where it is copied as is. */
  readonly buildMethod: string | undefined;
}

/** What runs, wherever it is packaged. */
export interface Code {
  /** `file.export` */
  readonly handler: string;
  readonly runtime: string;
  /** Absolute folder of the sources. */
  readonly codeFolder: string;
  /** In the order of the template: later ones lie over earlier ones. */
  readonly layers: readonly Layer[];
  /** BuildProperties of esbuild; undefined where the code is copied as is. */
  readonly esbuild: Mapping | undefined;
}

export interface Source {
  readonly root: string;
  readonly scope: Scope;
  readonly resources: Mapping;
}

const RUNTIMES = ['nodejs20.x', 'nodejs22.x', 'nodejs24.x'];

/**
 * The function's code from its properties (Globals merged, functions not yet worked out), or where it is a container image, from what the
 * template says that the image is built from.
 *
 * @throws ToolError TEMPLATE_INVALID naming the property
 */
export function codeOf(logicalId: string, raw: Mapping, metadata: Mapping, source: Source): Code {
  const { root, scope } = source;
  const resource = `template.yaml: Resources.${logicalId}`;
  const isImage = resolve(raw['PackageType'], scope, resource) === 'Image';
  const where = isImage ? `${resource}.Metadata.LocalBuild` : `${resource}.Properties`;
  const said = isImage ? mappingAt(metadata['LocalBuild'], where) : raw;
  const at = (key: string): unknown => resolve(said[key], scope, `${where}.${key}`);
  const runtime = textAt(at('Runtime'), `${where}.Runtime`);
  if (!RUNTIMES.includes(runtime))
    throw invalid(`${where}.Runtime`, `${runtime} is not a runtime that runs here.`, RUNTIMES.join(', '));
  const esbuild = isImage ? said['BuildProperties'] : esbuildOf(metadata);
  return {
    handler: isImage ? commandOf(raw, resource, scope) : textAt(at('Handler'), `${where}.Handler`),
    runtime,
    codeFolder: resolvePath(root, textAt(at('CodeUri'), `${where}.CodeUri`)),
    layers: isImage
      ? partsOf(said['Layers'], `${where}.Layers`, source)
      : layersOf(said['Layers'], `${where}.Layers`, source),
    esbuild: esbuild === undefined ? undefined : mappingAt(resolve(esbuild, scope, `${where}: BuildProperties`), where),
  };
}

const esbuildOf = (metadata: Mapping): unknown =>
  metadata['BuildMethod'] === 'esbuild' ? (metadata['BuildProperties'] ?? {}) : undefined;

/** An image's handler is the command that it is started with. */
function commandOf(raw: Mapping, resource: string, scope: Scope): string {
  const where = `${resource}.Properties.ImageConfig.Command`;
  const config = mappingAt(resolve(raw['ImageConfig'], scope, where), where);
  return textAt(listAt(config['Command'], where)[0], where);
}

/** Folders that an image has where a zip has layers. */
const partsOf = (parts: unknown, where: string, { root, scope }: Source): Layer[] =>
  listAt(resolve(parts, scope, where), where).map((part, i) =>
    layerFrom(mappingAt(part, where), `${where}[${i}]`, root, where),
  );

/** A layer from where its content is and how that is built. */
function layerFrom(
  { ContentUri: uri, BuildMethod: method }: Mapping,
  logicalId: string,
  root: string,
  where: string,
): Layer {
  return {
    logicalId,
    folder: resolvePath(root, textAt(uri, `${where}.ContentUri`)),
    buildMethod: method === undefined ? undefined : textAt(method, where),
  };
}

/** Layers that are resources of the template; the `Ref` is read unresolved, since only it names the resource. */
function layersOf(layers: unknown, where: string, { root, scope, resources }: Source): Layer[] {
  const list = isMapping(layers) ? resolve(layers, scope, where) : layers;
  return listAt(list, where).flatMap((item, i): Layer[] => {
    const place = `${where}[${i}]`;
    const chosen = isMapping(item) && 'Ref' in item ? item : resolve(item, scope, place);
    if (chosen === undefined) return [];
    const logicalId = isMapping(chosen) ? textAt(chosen['Ref'], place) : textAt(chosen, place);
    if (logicalId === 'AWS::NoValue') return [];
    const resource = resources[logicalId];
    if (!isMapping(resource) || resource['Type'] !== 'AWS::Serverless::LayerVersion')
      throw invalid(place, `${logicalId} is not a layer of this template.`, 'Ref of an AWS::Serverless::LayerVersion');
    const properties = `template.yaml: Resources.${logicalId}.Properties`;
    const contentUri = resolve(mappingAt(resource['Properties'], properties)['ContentUri'], scope, properties);
    const buildMethod = mappingAt(resource['Metadata'], properties)['BuildMethod'];
    return [layerFrom({ ContentUri: contentUri, BuildMethod: buildMethod }, logicalId, root, properties)];
  });
}
