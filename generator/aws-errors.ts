import { ToolError, type ErrorCode, type Trouble } from './errors.ts';

/** The SDK's and AWS's error names, by what they mean to us. */
const NAMES: Readonly<Record<string, ErrorCode>> = {
  CredentialsProviderError: 'CREDENTIALS_MISSING',
  InvalidClientTokenId: 'CREDENTIALS_MISSING',
  UnrecognizedClientException: 'CREDENTIALS_MISSING',
  InvalidAccessKeyId: 'CREDENTIALS_MISSING',
  AuthFailure: 'CREDENTIALS_MISSING',
  SignatureDoesNotMatch: 'CREDENTIALS_MISSING',
  MissingAuthenticationToken: 'CREDENTIALS_MISSING',
  ExpiredToken: 'CREDENTIALS_EXPIRED',
  ExpiredTokenException: 'CREDENTIALS_EXPIRED',
  RequestExpired: 'CREDENTIALS_EXPIRED',
  TokenRefreshRequired: 'CREDENTIALS_EXPIRED',
  AccessDenied: 'ACCESS_DENIED',
  AccessDeniedException: 'ACCESS_DENIED',
  UnauthorizedOperation: 'ACCESS_DENIED',
  TimeoutError: 'AWS_UNREACHABLE',
  NetworkingError: 'AWS_UNREACHABLE',
};

/** Codes of Node's sockets and resolver. */
const SOCKET = new Set([
  'ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EPIPE',
]); // prettier-ignore

const TROUBLES: Partial<Record<ErrorCode, Trouble>> = {
  CREDENTIALS_MISSING: {
    what: 'AWS has no credentials from here, or does not accept them.',
    expected: 'AWS_PROFILE, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a login',
    next: 'aws configure   (or aws sso login, or export AWS_PROFILE=…)',
  },
  CREDENTIALS_EXPIRED: {
    what: 'The AWS credentials have expired.',
    next: 'aws sso login   (or get new ones the way you got these), then the command again',
  },
  ACCESS_DENIED: {
    what: 'These AWS credentials may not do this.',
    next: 'use a role that may deploy, or ask for the right named here',
  },
  AWS_UNREACHABLE: { what: 'AWS could not be reached.', next: 'check the network, the region and AWS_ENDPOINT_URL' },
};

interface SdkError extends Error {
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** Which of our codes an error of the SDK is; undefined where it is none of these. */
export function codeOfAws(error: SdkError): ErrorCode | undefined {
  const named = NAMES[error.name];
  if (named === 'CREDENTIALS_MISSING' && /expired/i.test(error.message)) return 'CREDENTIALS_EXPIRED';
  if (named) return named;
  if (SOCKET.has(error.code ?? '') || SOCKET.has(error.name)) return 'AWS_UNREACHABLE';
  return (error.$metadata?.httpStatusCode ?? 0) >= 500 ? 'AWS_UNREACHABLE' : undefined;
}

/** An error of the SDK as one that a user is meant to read; anything else comes back as it is. */
export function explainAws(error: unknown, region: string, signal: AbortSignal): unknown {
  if (!(error instanceof Error) || error instanceof ToolError) return error;
  if (signal.aborted) return new ToolError('CANCELLED', { what: 'Cancelled.' }, { cause: error });
  const code = codeOfAws(error);
  const trouble = code && TROUBLES[code];
  if (!code || !trouble) return error;
  return new ToolError(code, { ...trouble, where: `${region}: ${error.name}: ${error.message}` }, { cause: error });
}
