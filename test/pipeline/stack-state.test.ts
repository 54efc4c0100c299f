import { StackStatus, type Stack } from '@aws-sdk/client-cloudformation';
import { expect, test } from '@jest/globals';
import type { ToolError } from '../../generator/errors.ts';
import { checkDeployable, stateOf, STATUSES } from '../../pipeline/aws/stack-state.ts';

const stack = (status: string): Stack => ({
  StackName: 'api-dev',
  CreationTime: new Date(0),
  StackStatus: status as StackStatus,
});
const target = { stackName: 'api-dev', stage: 'dev' } as const;

test('every status that CloudFormation has is known, and no other', () => {
  expect(Object.keys(STATUSES).sort()).toEqual(Object.keys(StackStatus).sort());
});

test('a status that is new to us is never taken for ready', () => {
  expect(stateOf(stack('UPDATE_PAUSED')).kind).toBe('busy');
});

test('no stack, a deleted one and a name with nothing but change sets are all absent', () => {
  for (const gone of [undefined, stack('DELETE_COMPLETE'), stack('REVIEW_IN_PROGRESS')]) {
    expect(stateOf(gone)).toEqual({ kind: 'absent' });
  }
});

function refusal(status: string): ToolError | undefined {
  try {
    checkDeployable(stateOf(stack(status)), target, 'eu-west-1');
    return undefined;
  } catch (error) {
    return error as ToolError;
  }
}

test.each(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'DELETE_COMPLETE'])(
  '%s can be deployed to',
  (status) => {
    expect(refusal(status)).toBeUndefined();
  },
);

test.each(['CREATE_IN_PROGRESS', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'DELETE_IN_PROGRESS'])(
  '%s is busy: 6',
  (status) => {
    expect(refusal(status)).toMatchObject({ code: 'STACK_BUSY', exitCode: 6 });
  },
);

test.each([
  ['ROLLBACK_COMPLETE', 'aws cloudformation delete-stack --stack-name api-dev --region eu-west-1'],
  ['CREATE_FAILED', 'aws cloudformation delete-stack --stack-name api-dev --region eu-west-1'],
  ['UPDATE_ROLLBACK_FAILED', 'aws cloudformation continue-update-rollback --stack-name api-dev --region eu-west-1'],
  ['UPDATE_FAILED', 'aws cloudformation rollback-stack --stack-name api-dev --region eu-west-1'],
  [
    'DELETE_FAILED',
    'aws cloudformation delete-stack --stack-name api-dev --region eu-west-1 --deletion-mode FORCE_DELETE_STACK',
  ],
])('%s is broken: 4, with the command that mends it', (status, command) => {
  const error = refusal(status);
  expect(error).toMatchObject({ code: 'STACK_BROKEN', exitCode: 4 });
  expect(error?.trouble.next).toContain(command);
});
