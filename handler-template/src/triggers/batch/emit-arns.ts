import { getAtt, sub, type Value } from '../../../../generator/template/cloudformation.ts';
import type { Batch } from './emit-settings.ts';

/** Name of the state machine: its role says what it may do by name, since role and machine can't both come first. */
export const MACHINE = '${AWS::StackName}-batch';

/** The bucket that batches are read from, or what is in it. */
export function sourceArn({ bucket }: Pick<Batch, 'bucket'>, within: '' | '/*' = ''): Value {
  if (bucket !== undefined) return sub(`arn:\${AWS::Partition}:s3:::${bucket}${within}`);
  return within === '' ? getAtt('BatchBucket', 'Arn') : sub(`\${BatchBucket.Arn}${within}`);
}

/** Of Step Functions, in this account. */
export const statesArn = (resource: string): Value =>
  sub(`arn:\${AWS::Partition}:states:\${AWS::Region}:\${AWS::AccountId}:${resource}`);
