import { resolve, type Scope } from './intrinsics.ts';
import { isMapping, type Mapping } from './values.ts';

/** The account that everything belongs to on this machine: AWS's own example number. */
export const ACCOUNT = '123456789012';

export interface Names {
  readonly region: string;
  readonly stackName: string;
  readonly parameters: Mapping;
}

/** Local stand-ins for what only a deployed stack knows: ARNs and names that look like the real ones. */
export function scopeFor(template: Mapping, resources: Mapping, { region, stackName, parameters }: Names): Scope {
  const names: Mapping = {
    ...parameters,
    'AWS::AccountId': ACCOUNT,
    'AWS::NotificationARNs': [],
    'AWS::Partition': 'aws',
    'AWS::Region': region,
    'AWS::StackId': `arn:aws:cloudformation:${region}:${ACCOUNT}:stack/${stackName}/local`,
    'AWS::StackName': stackName,
    'AWS::URLSuffix': 'amazonaws.com',
  };
  const typeOf = (logicalId: string): string | undefined => {
    const resource = resources[logicalId];
    return isMapping(resource) ? String(resource['Type']) : undefined;
  };
  const isFunction = (logicalId: string): boolean => typeOf(logicalId) === 'AWS::Serverless::Function';
  const nameOf = (logicalId: string): string => {
    const resource = resources[logicalId];
    const properties = isMapping(resource) && isMapping(resource['Properties']) ? resource['Properties'] : {};
    const given = resolve(
      properties['FunctionName'],
      scope,
      `template.yaml: Resources.${logicalId}.Properties.FunctionName`,
    );
    return typeof given === 'string' ? given : `${stackName}-${logicalId}`;
  };
  const functionArn = (logicalId: string): string =>
    `arn:aws:lambda:${region}:${ACCOUNT}:function:${nameOf(logicalId)}`;
  /** SAM makes `<Function>Alias<name>` and `<Function>Version…` beside a function, and lets a template name them. */
  const aliasArn = (logicalId: string): string | undefined => {
    const owner = Object.keys(resources).find((id) => isFunction(id) && logicalId.startsWith(`${id}Alias`));
    return owner && `${functionArn(owner)}:${logicalId.slice(owner.length + 'Alias'.length)}`;
  };
  const ref = (logicalId: string): string | undefined => {
    if (isFunction(logicalId)) return nameOf(logicalId);
    if (logicalId.endsWith('.Alias') && isFunction(logicalId.slice(0, -6)))
      return `${functionArn(logicalId.slice(0, -6))}:live`;
    return typeOf(logicalId) === undefined ? aliasArn(logicalId) : logicalId;
  };
  const attribute = (logicalId: string, name: string): string | undefined => {
    if (typeOf(logicalId) === undefined) return aliasArn(logicalId);
    if (isFunction(logicalId)) return name === 'Alias' ? `${functionArn(logicalId)}:live` : functionArn(logicalId);
    return name === 'Arn' ? `arn:aws:local:${region}:${ACCOUNT}:${logicalId}` : `${logicalId}.${name}`;
  };
  const mapping = (key: string): Mapping => (isMapping(template[key]) ? template[key] : {});
  const scope: Scope = { names, conditions: mapping('Conditions'), mappings: mapping('Mappings'), ref, attribute };
  return scope;
}
