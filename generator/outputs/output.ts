import type { Parts } from '../template/parts.ts';
import type { Value } from '../template/cloudformation.ts';
import type { PartModule } from '../part.ts';

/**
 * One kind of output: handler-template/src/outputs/KIND/ with `handler.ts`, which is copied into projects, and `emit.ts`, which is a module of
 * this shape, and a row in table.ts.
 */
export interface OutputModule<Settings extends { readonly kind: string }> extends PartModule<Settings> {
  /** Whether an answer that is delivered twice is there once. Outputs that are come first. */
  readonly repeatable: boolean;
}

/** What all outputs share, and what those on AWS do. */
export const OUTPUT_FOLDERS = ['outputs/common'] as const;

/** One action on one resource: all that an output may do. */
export const mayOnly = (kind: string, action: string, resource: Value): Pick<Parts, 'policies'> => ({
  policies: { [`output-${kind}`]: [{ Effect: 'Allow', Action: action, Resource: resource }] },
});

/** Of a resource in the stack's own account and region. @param rest what stands after the account */
export const arnHere = (service: string, rest: string): Value => ({
  'Fn::Sub': `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${rest}`,
});
