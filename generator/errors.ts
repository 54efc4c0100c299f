/** What the process exits with, by the class of trouble. */
export const EXIT = {
  failed: 1, // the job ran and its result is bad: a function error, a red fixture, a failed deployment
  refused: 2, // input that we do not accept; nothing was written
  environment: 3, // a tool, engine or account that is missing or is the wrong one
  stack: 4, // a stack in a state that needs mending first
  credentials: 5, // none, or expired
  busy: 6, // another deployment is under way
  disk: 7, // no room, or no right to write
  cancelled: 130, // Ctrl-C, or "no" to a question
} as const;

export type ErrorKind = keyof typeof EXIT;

/** Every code that a user can meet, with its class. Tests and scripts rely on the code, never on the prose. */
export const CODES = {
  // command line and questions
  USAGE: 'refused',
  ANSWERS_MISSING: 'refused',
  ANSWER_INVALID: 'refused',
  LOOP_REFUSED: 'refused',
  TARGET_NOT_EMPTY: 'refused',
  TARGET_NOT_WRITABLE: 'refused',
  DISK_FULL: 'disk',
  CANCELLED: 'cancelled',
  // model
  MODEL_NOT_FOUND: 'refused',
  MODEL_ADDRESS_INVALID: 'refused',
  MODEL_DOWNLOAD_FAILED: 'environment',
  MODEL_TOO_LARGE: 'refused',
  MODEL_SHA256_DIFFERS: 'refused',
  MODEL_UNREADABLE: 'refused',
  MODEL_EMPTY: 'refused',
  MODEL_TRUNCATED: 'refused',
  MODEL_IS_LFS_POINTER: 'refused',
  MODEL_IS_HTML: 'refused',
  MODEL_IS_PICKLE: 'refused',
  MODEL_IS_ARCHIVE: 'refused',
  MODEL_AMBIGUOUS: 'refused',
  MODEL_ARCHIVE_UNSAFE: 'refused',
  MODEL_ARCHIVE_BROKEN: 'refused',
  MODEL_ARCHIVE_TOO_LARGE: 'refused',
  MODEL_ARCHIVE_UNSUPPORTED: 'refused',
  MODEL_NOT_ONNX: 'refused',
  MODEL_CUSTOM_OPERATOR: 'refused',
  MODEL_TOO_NEW: 'refused',
  MODEL_EXTERNAL_DATA_MISSING: 'refused',
  MODEL_EXTERNAL_DATA_OUTSIDE: 'refused',
  MODEL_DOES_NOT_LOAD: 'refused',
  MODEL_DOES_NOT_RUN: 'refused',
  TASK_DOES_NOT_FIT: 'refused',
  MODEL_SOURCE_DOES_NOT_FIT: 'refused',
  LABELS_INVALID: 'refused',
  PICTURE_INVALID: 'refused',
  // project
  NOT_A_PROJECT: 'refused',
  BLUEPRINT_INVALID: 'refused',
  BLUEPRINT_TOO_NEW: 'refused',
  RECORD_INVALID: 'refused',
  BASE_UNKNOWN: 'refused',
  MODEL_CHANGED: 'refused',
  SIGNATURE_BREAKS: 'refused',
  YAML_INVALID: 'refused',
  TEMPLATE_INVALID: 'refused',
  // harness
  BUILD_FAILED: 'failed',
  RUNTIME_MISSING: 'environment',
  FUNCTION_FAILED: 'failed',
  FIXTURES_FAILED: 'failed',
  FIXTURE_NOT_FOUND: 'refused',
  EXPECTED_INVALID: 'refused',
  EVENT_INVALID: 'refused',
  PORT_IN_USE: 'environment',
  NOTHING_TO_SERVE: 'refused',
  // pipeline
  STAGE_UNKNOWN: 'refused',
  SAM_MISSING: 'environment',
  SAM_FAILED: 'failed',
  DOCKER_MISSING: 'environment',
  AWS_UNREACHABLE: 'environment',
  ACCOUNT_WRONG: 'environment',
  REGION_MISSING: 'environment',
  ACCESS_DENIED: 'credentials',
  ARTIFACT_TOO_LARGE: 'failed',
  REGISTRY_MISSING: 'environment',
  PUSH_FAILED: 'failed',
  MODEL_BUCKET_INVALID: 'environment',
  MODEL_NOT_IN_S3: 'refused',
  MODEL_VERSION_UNKNOWN: 'refused',
  MODEL_SIGNATURE_DIFFERS: 'refused',
  NOT_DEPLOYED: 'refused',
  CREDENTIALS_MISSING: 'credentials',
  CREDENTIALS_EXPIRED: 'credentials',
  STACK_BROKEN: 'stack',
  STACK_BUSY: 'busy',
  DEPLOY_FAILED: 'failed',
  SMOKE_TEST_FAILED: 'failed',
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof CODES;

export interface Trouble {
  /** One sentence: what is wrong. */
  readonly what: string;
  /** File, line, flag, resource or tensor in question. */
  readonly where?: string;
  /** What would have been right, with an example. */
  readonly expected?: string;
  /** The next thing to do, as a command where there is one. */
  readonly next?: string;
}

/**
 * The one error that a user is meant to read. Only the bins print it and exit.
 *
 * @example throw new ToolError('MODEL_IS_LFS_POINTER', { what: 'This is a Git LFS pointer, not a model.', where: file, next: 'git lfs pull' });
 */
export class ToolError extends Error {
  override readonly name = 'ToolError';
  readonly code: ErrorCode;
  readonly trouble: Trouble;

  constructor(code: ErrorCode, trouble: Trouble, options?: ErrorOptions) {
    super(trouble.what, options);
    this.code = code;
    this.trouble = trouble;
  }

  get kind(): ErrorKind {
    return CODES[this.code];
  }

  get exitCode(): number {
    return EXIT[this.kind];
  }
}

/** The lines a person reads on stderr. */
export function describeError(error: ToolError): string {
  const { what, where, expected, next } = error.trouble;
  return [
    `${error.code}: ${what}`,
    where && `  where:    ${where}`,
    expected && `  expected: ${expected}`,
    next && `  next:     ${next}`,
  ]
    .filter(Boolean)
    .join('\n');
}
