import { ToolError } from '../../errors.ts';
import { LIMITS } from '../members.ts';
import { writeStream } from '../write-stream.ts';

/** Bytes on their way here. */
export interface Download {
  /** Of the file, as the other side has it. */
  readonly name: string;
  /** In bytes, where the other side says so. */
  readonly size: number | undefined;
  readonly data: AsyncIterable<Uint8Array>;
  /** Lets go of the connection; called in any case. */
  end(): void;
  /** For errors. */
  readonly where: string;
}

/**
 * Streams a download into a new file; it has to be as long as was said, and not larger than Lambda could take.
 *
 * @throws ToolError MODEL_TOO_LARGE, MODEL_DOWNLOAD_FAILED, DISK_FULL
 */
export async function save({ size, data, end, where }: Download, path: string): Promise<void> {
  try {
    checkSize(size ?? 0, where);
    const bytes = await writeStream(path, data, size ?? LIMITS.bytes);
    checkSize(bytes, where);
    if (size !== undefined && bytes !== size) throw failed(`${bytes} bytes came, and ${size} were announced`, where);
  } finally {
    end();
  }
}

function checkSize(bytes: number, where: string): void {
  if (bytes <= LIMITS.bytes) return;
  throw new ToolError('MODEL_TOO_LARGE', {
    what: `This is larger than ${LIMITS.bytes / 2 ** 30} GiB, and than anything that Lambda can hold.`,
    where,
  });
}

export function failed(why: string, where: string, cause?: unknown): ToolError {
  return new ToolError(
    'MODEL_DOWNLOAD_FAILED',
    {
      what: `The model could not be fetched: ${why}.`,
      where,
      next: 'try again, or fetch it yourself and give the file',
    },
    { cause },
  );
}

/** The last part of a path, as a name that every file system takes. */
export function fileName(path: string): string {
  const last = path.split('/').at(-1) ?? '';
  return (
    last
      .replace(/[^A-Za-z0-9._ -]+/g, '-')
      .replace(/^[. -]+/, '')
      .slice(-100) || 'model'
  );
}
