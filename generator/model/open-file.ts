import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { ToolError } from '../errors.ts';

/**
 * Opens a model's file, and closes it afterwards.
 *
 * @throws ToolError MODEL_NOT_FOUND, MODEL_UNREADABLE
 */
export function withFile<Result>(path: string, use: (fd: number, size: number) => Result): Result {
  let fd: number | undefined;
  try {
    // Without O_NONBLOCK a named pipe would be waited for.
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = fstatSync(fd);
    if (!stats.isFile()) {
      throw new ToolError('MODEL_UNREADABLE', {
        what: stats.isDirectory() ? 'This is a folder, not a model file.' : 'This is no regular file.',
        where: path,
        expected: 'the path of an .onnx file',
      });
    }
    return use(fd, stats.size);
  } catch (error) {
    if (error instanceof ToolError) throw error;
    const { code = '', message } = error as NodeJS.ErrnoException;
    const missing = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ERR_INVALID_ARG_VALUE'].includes(code);
    throw new ToolError(
      missing ? 'MODEL_NOT_FOUND' : 'MODEL_UNREADABLE',
      { what: missing ? 'There is no such model file.' : `The model file can't be read: ${message}`, where: path },
      { cause: error },
    );
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}
