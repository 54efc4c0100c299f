import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { resolve, type Scope } from './intrinsics.ts';
import { readYaml } from './read.ts';
import { invalid, isMapping, listAt, mappingAt, textAt, type Mapping } from './values.ts';

/** What the template says of the REST API. */
export interface ApiSettings {
  readonly logicalId: string;
  readonly stageName: string;
  readonly binaryMediaTypes: readonly string[];
  /** CloudFormation's MethodSettings, as they are. */
  readonly methodSettings: readonly Mapping[];
  readonly stageVariables: Readonly<Record<string, string>> | null;
  /** Files that the OpenAPI document comes from, relative to the project. */
  readonly files: readonly string[];
  /** Reads the OpenAPI document with its functions worked out. @throws ToolError TEMPLATE_INVALID, YAML_INVALID */
  readonly definition: () => Promise<Mapping>;
}

/** The API's settings from its properties (Globals merged, functions not yet worked out). */
export function apiSettings(logicalId: string, raw: Mapping, source: { root: string; scope: Scope }): ApiSettings {
  const { root, scope } = source;
  const where = `template.yaml: Resources.${logicalId}.Properties`;
  const at = (key: string): unknown => resolve(raw[key], scope, `${where}.${key}`);
  const variables = mappingAt(at('Variables'), `${where}.Variables`);
  const names = Object.keys(variables);
  const place = `${where}.${raw['DefinitionUri'] === undefined ? 'DefinitionBody' : 'DefinitionUri'}`;
  const file = definitionFile(raw, scope, place);
  return {
    logicalId,
    stageName: textAt(at('StageName'), `${where}.StageName`),
    // SAM lets a slash be written as ~1.
    binaryMediaTypes: listAt(at('BinaryMediaTypes'), where).map((type) => textAt(type, where).replaceAll('~1', '/')),
    methodSettings: listAt(at('MethodSettings'), where).filter(isMapping),
    stageVariables:
      names.length > 0 ? Object.fromEntries(names.map((name) => [name, textAt(variables[name], where)])) : null,
    files: file === undefined ? [] : [file],
    definition: async () => {
      if (file !== undefined && !existsSync(join(root, file))) throw invalid(place, `There is no file ${file}.`);
      const document = file === undefined ? raw['DefinitionBody'] : await readYaml(root, file);
      return mappingAt(resolve(document, scope, file ?? place), file ?? place);
    },
  };
}

/** The file that `AWS::Include` or DefinitionUri names; undefined for a document inside the template. */
function definitionFile(raw: Mapping, scope: Scope, where: string): string | undefined {
  const uri = resolve(raw['DefinitionUri'], scope, where);
  if (uri !== undefined) return textAt(uri, where);
  // A condition may choose between documents.
  const body = resolve(raw['DefinitionBody'], scope, where);
  if (!isMapping(body))
    throw invalid(where, 'The API has no OpenAPI document.', 'DefinitionBody with AWS::Include of swagger.yaml');
  const transform = body['Fn::Transform'];
  if (transform === undefined) return undefined;
  const { Name, Parameters } = mappingAt(transform, where) as { Name?: unknown; Parameters?: unknown };
  if (Name !== 'AWS::Include') throw invalid(where, `The transform ${String(Name)} is not known here.`, 'AWS::Include');
  return textAt(resolve(mappingAt(Parameters, where)['Location'], scope, where), where);
}
