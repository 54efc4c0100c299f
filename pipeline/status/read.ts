import type { Auth } from '../../generator/blueprint.ts';
import type { ErrorCode } from '../../generator/errors.ts';
import type { Io } from '../../generator/io.ts';
import { connect } from '../aws/clients.ts';
import { checkAccount, whoAmI } from '../aws/identity.ts';
import { idsOf, listResources } from '../aws/resources.ts';
import { outputOf, readStack, type StackState } from '../aws/stack-state.ts';
import type { Target } from '../stage.ts';

/** What is known of one stage; also the shape of `status --json`. */
export type StageStatus =
  | { readonly kind: 'absent'; readonly stackName: string; readonly region: string; readonly account: string }
  | {
      readonly kind: Exclude<StackState['kind'], 'absent'>;
      readonly stackName: string;
      readonly region: string;
      readonly account: string;
      /** CloudFormation's own word. */
      readonly status: string;
      /** ISO 8601. */
      readonly updated: string | undefined;
      readonly modelVersion: string | undefined;
      readonly functionVersion: string | undefined;
      readonly alias: string | undefined;
      readonly apiUrl: string | undefined;
      readonly auth: Auth;
    }
  | {
      readonly kind: 'unreadable';
      readonly stackName: string;
      readonly code: ErrorCode;
      readonly exitCode: number;
      readonly what: string;
      readonly next: string | undefined;
    };

/** Asks AWS about one stage. @throws ToolError where the credentials are missing, expired, or of another account */
export async function readStageStatus(target: Target, io: Io): Promise<StageStatus> {
  const aws = await connect(target.region, io);
  const identity = await whoAmI(aws);
  checkAccount(target, identity);
  const { stackName } = target;
  const place = { stackName, region: aws.region, account: identity.account };
  const state = await readStack(aws, stackName);
  if (state.kind === 'absent') return { kind: 'absent', ...place };
  const resources = await listResources(aws, stackName);
  return {
    kind: state.kind,
    ...place,
    status: state.status,
    updated: (state.stack.LastUpdatedTime ?? state.stack.CreationTime)?.toISOString(),
    modelVersion: outputOf(state.stack, 'ModelVersion'),
    functionVersion: lastSegment(idsOf(resources, 'AWS::Lambda::Version').at(-1)),
    alias: lastSegment(idsOf(resources, 'AWS::Lambda::Alias').at(-1)),
    apiUrl: outputOf(state.stack, 'ApiUrl'),
    auth: target.auth,
  };
}

/** `arn:aws:lambda:us-east-1:1:function:name:7` → `7` */
const lastSegment = (arn: string | undefined): string | undefined => arn?.split(':').at(-1);
