import { ToolError, type ErrorCode, type Trouble } from '../../generator/errors.ts';

interface Symptom {
  readonly pattern: RegExp;
  readonly code: ErrorCode;
  readonly trouble: Trouble;
}

/** What SAM, npm and esbuild print, and what it means to us. The first that fits wins. */
const SYMPTOMS: readonly Symptom[] = [
  {
    pattern: /ENOSPC|No space left on device|EDQUOT|Disk quota exceeded|not enough space on the disk/i,
    code: 'DISK_FULL',
    trouble: {
      what: 'The disk is full. What was half written is removed; the last good build is still there.',
      next: 'free some space, then run the command again',
    },
  },
  {
    pattern: /EROFS|Read-only file system|PermissionError|EACCES/,
    code: 'DISK_FULL',
    trouble: {
      what: 'There is no right to write here.',
      next: 'check the rights of the project folder and of npm’s cache',
    },
  },
  {
    pattern:
      /requires a container runtime|requires Docker|Is Docker (installed|running)|Cannot connect to the Docker daemon|No container runtime/i,
    code: 'DOCKER_MISSING',
    trouble: {
      what: 'SAM found no container engine that answers.',
      next: 'start Docker (or Finch); without one, leave --sam out: the embedded Lambda needs none',
    },
  },
  {
    pattern: /'nodejs\d+\.x' runtime is not supported|Unsupported Lambda runtime|nodejs\d+\.x is not (a )?supported/i,
    code: 'SAM_MISSING',
    trouble: {
      what: 'This SAM CLI is older than the Lambda runtime of the project.',
      next: 'pip install --upgrade aws-sam-cli',
    },
  },
  {
    pattern: /ExpiredToken|security token included in the request is expired|SSO session.*expired/i,
    code: 'CREDENTIALS_EXPIRED',
    trouble: {
      what: 'The AWS credentials expired meanwhile.',
      next: 'aws sso login, or get new credentials, then again',
    },
  },
  {
    pattern: /Unable to locate credentials|NoCredentials|InvalidClientTokenId/i,
    code: 'CREDENTIALS_MISSING',
    trouble: { what: 'SAM found no AWS credentials.', next: 'aws configure, or export AWS_PROFILE=…' },
  },
  {
    pattern: /is in \w*_IN_PROGRESS state/,
    code: 'STACK_BUSY',
    trouble: { what: 'Another deployment to this stack is under way.', next: 'wait for it, then again' },
  },
  {
    pattern: /\((500|503)\)|\b(InternalError|ServiceUnavailable|SlowDown)\b/,
    code: 'AWS_UNREACHABLE',
    trouble: {
      what: 'AWS answered with an error of its own, also when asked again.',
      next: 'wait a little, then again',
    },
  },
  {
    pattern: /Address already in use|port .* is (already )?in use|PortAlreadyInUse/i,
    code: 'PORT_IN_USE',
    trouble: { what: 'Something else listens on this port.', next: 'onnx-lambda start --sam --port 0' },
  },
  {
    pattern: /Could not connect to the endpoint URL|EndpointConnectionError|Name or service not known/i,
    code: 'AWS_UNREACHABLE',
    trouble: { what: 'AWS could not be reached.', next: 'check the network and AWS_ENDPOINT_URL' },
  },
];

/** Turns the output of a failed `sam` into the error that says what to do; `fallback` where nothing known shows. */
export function diagnoseSam(output: string, fallback: ErrorCode, what: string): ToolError {
  const found = SYMPTOMS.find(({ pattern }) => pattern.test(output));
  if (found) return new ToolError(found.code, { ...found.trouble, where: lineOf(output, found.pattern) });
  const last = output
    .split('\n')
    .filter((line) => line.trim() !== '')
    .at(-1);
  return new ToolError(fallback, { what, ...(last ? { where: last.trim() } : {}) });
}

const lineOf = (output: string, pattern: RegExp): string =>
  output
    .split('\n')
    .find((line) => pattern.test(line))
    ?.trim()
    .slice(0, 300) ?? '';
