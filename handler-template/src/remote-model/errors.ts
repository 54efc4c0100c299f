/** Why a model did not come: the code is what Lambda logs and answers as errorType when a function does not start. */
export type ModelErrorCode =
  | 'MODEL_NOT_CONFIGURED'
  | 'MODEL_MISSING'
  | 'MODEL_ACCESS_DENIED'
  | 'MODEL_UNREACHABLE'
  | 'MODEL_TOO_SLOW'
  | 'MODEL_TRUNCATED'
  | 'MODEL_SHA256_DIFFERS'
  | 'MODEL_ARCHIVE_INVALID'
  | 'MODEL_NO_ROOM';

export class ModelError extends Error {
  readonly code: ModelErrorCode;

  constructor(code: ModelErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = code;
    this.code = code;
  }
}

/** What S3 and the system call it, by what it is to us. */
const CODES: Readonly<Record<string, ModelErrorCode>> = {
  NoSuchKey: 'MODEL_MISSING',
  NoSuchVersion: 'MODEL_MISSING',
  NoSuchBucket: 'MODEL_MISSING',
  NotFound: 'MODEL_MISSING',
  MethodNotAllowed: 'MODEL_MISSING', // this version is the mark of a deletion
  AccessDenied: 'MODEL_ACCESS_DENIED',
  Forbidden: 'MODEL_ACCESS_DENIED',
  ENOSPC: 'MODEL_NO_ROOM',
  EDQUOT: 'MODEL_NO_ROOM',
};

const HINTS: Readonly<Partial<Record<ModelErrorCode, string>>> = {
  MODEL_MISSING: 'is that version still there?',
  MODEL_ACCESS_DENIED: 'the role may not read it, or it is not there',
  MODEL_NO_ROOM: 'EphemeralStorage in template.yaml is too small',
};

/** Whether the same may go well another time. */
export const mayPass = ({ code }: ModelError): boolean => code === 'MODEL_UNREACHABLE' || code === 'MODEL_TRUNCATED';

/** Any error as one of ours; `where` is the object or the address. */
export function explain(error: unknown, where: string): ModelError {
  if (error instanceof ModelError) {
    return new ModelError(error.code, `${where}: ${error.message}`, { cause: error });
  }
  const { name, code, message } = error as NodeJS.ErrnoException;
  const ours = CODES[code ?? ''] ?? CODES[name] ?? 'MODEL_UNREACHABLE';
  return new ModelError(ours, [`${where}: ${message}`, HINTS[ours]].filter(Boolean).join('; '), { cause: error });
}
