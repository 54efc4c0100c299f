import { expect, test } from '@jest/globals';
import { ToolError } from '../../generator/errors.ts';
import { explainAws } from '../../generator/aws-errors.ts';
import { diagnoseSam } from '../../pipeline/sam/diagnose.ts';

const { signal } = new AbortController();
const sdk = (name: string, message = '', more: object = {}): Error =>
  Object.assign(new Error(message), { name, ...more });

test.each([
  [sdk('CredentialsProviderError', 'Could not load credentials from any providers'), 'CREDENTIALS_MISSING', 5],
  [sdk('InvalidClientTokenId'), 'CREDENTIALS_MISSING', 5],
  [sdk('ExpiredToken', 'The security token included in the request is expired'), 'CREDENTIALS_EXPIRED', 5],
  [
    sdk('CredentialsProviderError', 'The SSO session associated with this profile has expired'),
    'CREDENTIALS_EXPIRED',
    5,
  ],
  [sdk('AccessDenied'), 'ACCESS_DENIED', 5],
  [sdk('Error', 'connect', { code: 'ECONNREFUSED' }), 'AWS_UNREACHABLE', 3],
  [sdk('AggregateError', '', { code: 'ECONNREFUSED' }), 'AWS_UNREACHABLE', 3],
  [sdk('InternalFailure', '', { $metadata: { httpStatusCode: 500 } }), 'AWS_UNREACHABLE', 3],
])('%s is %s', (error, code, exitCode) => {
  expect(explainAws(error, 'us-east-1', signal)).toMatchObject({ code, exitCode });
});

test('an error that means something else stays what it is', () => {
  const error = sdk('ValidationError', 'Stack with id x does not exist', { $metadata: { httpStatusCode: 400 } });
  expect(explainAws(error, 'us-east-1', signal)).toBe(error);
});

test('whatever fails after Ctrl-C is a cancel', () => {
  expect(explainAws(sdk('AbortError'), 'us-east-1', AbortSignal.abort())).toMatchObject({
    code: 'CANCELLED',
    exitCode: 130,
  });
});

test.each([
  ['npm error ENOSPC: no space left on device, write', 'DISK_FULL', 7],
  ["OSError: [Errno 28] No space left on device: '/p/.aws-sam'", 'DISK_FULL', 7],
  ["Error: 'nodejs24.x' runtime is not supported", 'SAM_MISSING', 3],
  [
    'Error: Running AWS SAM projects locally requires a container runtime. Do you have Docker or Finch installed?',
    'DOCKER_MISSING',
    3,
  ],
  ['An error occurred (ExpiredToken) when calling the CreateChangeSet operation', 'CREDENTIALS_EXPIRED', 5],
  ['Stack:arn:aws:cloudformation:x is in UPDATE_IN_PROGRESS state and can not be updated.', 'STACK_BUSY', 6],
  [
    'An error occurred (500) when calling the PutObject operation (reached max retries: 4): Internal Server Error',
    'AWS_UNREACHABLE',
    3,
  ],
  ['✘ [ERROR] Could not resolve "./nowhere.ts"', 'BUILD_FAILED', 1],
])('what sam prints: %s', (output, code, exitCode) => {
  const error = diagnoseSam(`Building\n${output}\n`, 'BUILD_FAILED', 'failed');
  expect(error).toBeInstanceOf(ToolError);
  expect(error).toMatchObject({ code, exitCode, trouble: { where: output } });
});
