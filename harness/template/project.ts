import { existsSync } from 'node:fs';
import { join, resolve as resolvePath } from 'node:path';
import { ToolError } from '../../generator/errors.ts';
import { findRoot } from '../../generator/project-root.ts';
import { apiSettings, type ApiSettings } from './api.ts';
import type { FrontKind } from '../gateway/front.ts';
import { functionSettings, type FunctionSettings } from './function.ts';
import { withGlobals } from './globals.ts';
import { httpApiSettings, urlSettings, type HttpApiSettings, type UrlSettings } from './http.ts';
import { holds } from './intrinsics.ts';
import { parameterValues } from './parameters.ts';
import { readYaml } from './read.ts';
import { stageConfig } from './samconfig.ts';
import { scopeFor } from './scope.ts';
import { invalid, isMapping, mappingAt, type Mapping } from './values.ts';

export const TEMPLATE = 'template.yaml';
const SAMCONFIG = 'samconfig.yaml';
const REGION = 'us-east-1';

/** An emitted project, as its template.yaml describes it for one stage. */
export interface Project {
  /** Absolute folder. */
  readonly root: string;
  readonly stage: string;
  readonly region: string;
  readonly function: FunctionSettings;
  /** Undefined where the template has no REST API. */
  readonly api: ApiSettings | undefined;
  /** Undefined where the template has no HTTP API. */
  readonly httpApi: HttpApiSettings | undefined;
  /** Undefined where the function has no URL. */
  readonly url: UrlSettings | undefined;
  /** What of these there is, in the template's order. */
  readonly fronts: readonly FrontKind[];
}

/** Types of resources that take HTTP requests. */
const FRONTS: Readonly<Record<string, FrontKind>> = {
  'AWS::Serverless::Api': 'rest-api',
  'AWS::Serverless::HttpApi': 'http-api',
  'AWS::Lambda::Url': 'function-url',
};

/**
 * Reads the project in `folder`, or in one above it, from template.yaml and samconfig.yaml.
 *
 * @param stage whose parameters of samconfig.yaml apply
 * @throws ToolError NOT_A_PROJECT, YAML_INVALID, STAGE_UNKNOWN, TEMPLATE_INVALID
 */
export async function openProject(folder: string, stage = 'dev'): Promise<Project> {
  const root = findRoot(resolvePath(folder), TEMPLATE);
  if (root === undefined)
    throw new ToolError('NOT_A_PROJECT', {
      what: 'There is no project here.',
      where: resolvePath(folder),
      expected: `${TEMPLATE} in this folder or in one above it`,
      next: 'cd my-api',
    });
  const template = mappingAt(await readYaml(root, TEMPLATE), TEMPLATE);
  const config = await configOf(root, stage);
  const declared = mappingAt(template['Parameters'], `${TEMPLATE}: Parameters`);
  const stageOverride = 'Stage' in declared ? { Stage: stage } : {};
  const parameters = parameterValues(declared, { ...stageOverride, ...config?.overrides });
  const all = mappingAt(template['Resources'], `${TEMPLATE}: Resources`);
  const region = config?.region ?? REGION;
  const scope = scopeFor(template, all, { region, stackName: config?.stackName ?? `local-${stage}`, parameters });
  const resources = Object.fromEntries(
    Object.entries(all).filter(([id, resource]) => {
      if (!isMapping(resource))
        throw invalid(`${TEMPLATE}: Resources.${id}`, 'This is not a resource.', 'a mapping with Type');
      const condition = resource['Condition'];
      return typeof condition !== 'string' || holds(condition, scope, `${TEMPLATE}: Resources.${id}.Condition`);
    }),
  );
  const globals = mappingAt(template['Globals'], `${TEMPLATE}: Globals`);
  const propertiesOf = (id: string, kind: string): Mapping => {
    const resource = mappingAt(resources[id], id);
    return mappingAt(withGlobals(globals[kind], resource['Properties']), `${TEMPLATE}: Resources.${id}.Properties`);
  };
  const functionId = oneOf(resources, 'AWS::Serverless::Function', 'Function');
  if (functionId === undefined)
    throw invalid(`${TEMPLATE}: Resources`, 'There is no function.', 'one AWS::Serverless::Function');
  const apiId = oneOf(resources, 'AWS::Serverless::Api', 'Api');
  const httpId = oneOf(resources, 'AWS::Serverless::HttpApi', 'HttpApi');
  const urlId = oneOf(resources, 'AWS::Lambda::Url', 'FunctionUrl');
  const types = Object.values(resources).map((resource) => String(mappingAt(resource, TEMPLATE)['Type']));
  const metadata = mappingAt(mappingAt(resources[functionId], functionId)['Metadata'], functionId);
  return {
    root,
    stage,
    region,
    function: functionSettings(functionId, propertiesOf(functionId, 'Function'), metadata, { root, scope, resources }),
    api: apiId === undefined ? undefined : apiSettings(apiId, propertiesOf(apiId, 'Api'), { root, scope }),
    httpApi: httpId === undefined ? undefined : httpApiSettings(httpId, propertiesOf(httpId, 'HttpApi'), scope),
    url: urlId === undefined ? undefined : urlSettings(urlId, propertiesOf(urlId, 'Url'), scope),
    fronts: [...new Set(types)].flatMap((type) => FRONTS[type] ?? []),
  };
}

async function configOf(root: string, stage: string): Promise<ReturnType<typeof stageConfig>> {
  if (!existsSync(join(root, SAMCONFIG))) return undefined;
  const samconfig = mappingAt(await readYaml(root, SAMCONFIG), SAMCONFIG);
  const config = stageConfig(samconfig, stage);
  if (config) return config;
  const stages = Object.keys(samconfig).filter((key) => isMapping(samconfig[key]) && key !== 'default');
  if (stages.length === 0) return undefined;
  throw new ToolError('STAGE_UNKNOWN', {
    what: `There is no stage ${JSON.stringify(stage)}.`,
    where: SAMCONFIG,
    expected: stages.join(', '),
  });
}

/** The only resource of a type, or the one with the usual name among several. */
function oneOf(resources: Mapping, type: string, usual: string): string | undefined {
  const ids = Object.keys(resources).filter((id) => mappingAt(resources[id], id)['Type'] === type);
  if (ids.length < 2) return ids[0];
  if (ids.includes(usual)) return usual;
  throw invalid(
    `${TEMPLATE}: Resources`,
    `There are ${ids.length} resources of type ${type}.`,
    `one, or one named ${usual}`,
  );
}
