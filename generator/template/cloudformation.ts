/** Anything that a template may hold; CloudFormation's functions stand in their long form. */
export type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value };
export type Properties = Readonly<Record<string, Value>>;

export interface Resource {
  readonly Type: string;
  readonly Condition?: string;
  readonly DependsOn?: string;
  readonly DeletionPolicy?: 'Delete' | 'Retain';
  readonly UpdateReplacePolicy?: 'Delete' | 'Retain';
  readonly Metadata?: Properties;
  readonly Properties: Properties;
}

export type Resources = Readonly<Record<string, Resource>>;

/** A SAM template with all functions in their long form. */
export interface Template {
  readonly AWSTemplateFormatVersion: '2010-09-09';
  readonly Transform: 'AWS::Serverless-2016-10-31';
  readonly Description?: string;
  readonly Parameters: Readonly<Record<string, Properties>>;
  readonly Rules?: Properties;
  readonly Mappings: Readonly<Record<string, Readonly<Record<string, Properties>>>>;
  readonly Conditions: Properties;
  readonly Resources: Resources;
  readonly Outputs: Readonly<Record<string, Properties>>;
}

export const ref = (name: string): Value => ({ Ref: name });
export const sub = (text: string): Value => ({ 'Fn::Sub': text });
export const getAtt = (name: string, attribute: string): Value => ({ 'Fn::GetAtt': [name, attribute] });
export const iff = (condition: string, then: Value, otherwise: Value = noValue): Value => ({
  'Fn::If': [condition, then, otherwise],
});
export const equals = (a: Value, b: Value): Value => ({ 'Fn::Equals': [a, b] });
export const noValue = ref('AWS::NoValue');

/** Metadata that tells checkov not to run a check on a resource, and people why. */
export function skipChecks(reasons: Readonly<Record<string, string>>): Properties {
  return { checkov: { skip: Object.entries(reasons).map(([id, comment]) => ({ id, comment })) } };
}
