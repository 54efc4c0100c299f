import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { ToolError } from '../../generator/errors.ts';
import type { Target } from '../stage.ts';
import { call, type Aws } from './clients.ts';

/** Who the credentials belong to. */
export interface Identity {
  readonly account: string;
  readonly arn: string;
}

/** @throws ToolError CREDENTIALS_MISSING | CREDENTIALS_EXPIRED | AWS_UNREACHABLE */
export async function whoAmI(aws: Aws): Promise<Identity> {
  const { Account = '', Arn = '' } = await call(aws, (options) =>
    aws.sts.send(new GetCallerIdentityCommand({}), options),
  );
  return { account: Account, arn: Arn };
}

/** @throws ToolError ACCOUNT_WRONG where the project pins another account for the stage */
export function checkAccount(target: Pick<Target, 'stage' | 'account'>, identity: Identity): void {
  if (target.account === undefined || target.account === identity.account) return;
  throw new ToolError('ACCOUNT_WRONG', {
    what: `These credentials belong to account ${identity.account}, ${target.stage} is account ${target.account}.`,
    where: identity.arn,
    expected: `credentials of account ${target.account} (stages.${target.stage}.account in onnx-lambda.yaml)`,
    next: `AWS_PROFILE=… onnx-lambda deploy --stage ${target.stage}`,
  });
}
