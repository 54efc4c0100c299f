import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ToolError } from '../../generator/errors.ts';
import type { Io } from '../../generator/io.ts';

/** Base64 that is shorter than this does not flood a terminal. */
const SHORT = 200;

/**
 * Prints what a function answered, and writes the bytes that are in it to a file where one is named; to a terminal megabytes of base64
 * are not printed.
 *
 * @param output path of the file: the bytes of a picture, or an answer without bytes as it is
 * @throws ToolError USAGE where the file can not be written
 */
export function printAnswer(
  payload: string,
  output: string | undefined,
  { stdout, cwd }: Pick<Io, 'stdout' | 'cwd'>,
): void {
  const found = bytesIn(payload);
  if (output !== undefined) {
    write(resolve(cwd, output), found ? found.bytes : payload);
    stdout.write(`${found ? JSON.stringify({ ...found.answer, [found.field]: output }) : payload}\n`);
    return;
  }
  const hidden = found && stdout.isTTY && found.bytes.length > SHORT;
  const told = hidden && `${found.bytes.length} bytes, which --output FILE writes to a file`;
  stdout.write(`${told ? JSON.stringify({ ...found.answer, [found.field]: told }) : payload}\n`);
}

interface Found {
  readonly answer: object;
  readonly field: string;
  readonly bytes: Buffer;
}

/** An answer of bytes: their content type, and a field with their base64. */
function bytesIn(payload: string): Found | undefined {
  const answer = parse(payload);
  if (typeof answer !== 'object' || answer === null || !('contentType' in answer)) return undefined;
  const found = Object.entries(answer).find(([name, value]) => name !== 'contentType' && typeof value === 'string');
  return found && { answer, field: found[0], bytes: Buffer.from(found[1] as string, 'base64') };
}

function parse(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
}

function write(file: string, content: string | Buffer): void {
  try {
    writeFileSync(file, content);
  } catch (cause) {
    throw new ToolError(
      'USAGE',
      {
        what: `The answer can't be written: ${(cause as Error).message}`,
        where: `--output ${file}`,
        expected: 'a file in a folder that is there',
      },
      { cause },
    );
  }
}
