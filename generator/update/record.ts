import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import { ToolError } from '../errors.ts';
import { staysInside, text, type FileMap } from '../write/file-map.ts';
import { contentOf, sha256, type Content, type Contents } from './content.ts';

/** What was emitted into a project: with it an update tells edits from what it wrote itself, and has the text that both come from. */
export const RECORD_FILE = 'onnx-lambda.lock';

/** Longer texts are data: they are compared, never merged. */
const LONGEST = 64 << 10;
const ABOUT = 'The texts that this project was made of. `onnx-lambda update` compares with them; keep it in git.';

const Record = z.strictObject({
  about: z.string(),
  version: z.literal(1),
  files: z.record(
    z.string().refine(staysInside),
    z.strictObject({
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      /** Deflated, as base64. */
      text: z.string().optional(),
    }),
  ),
});

/** The files of a project with the record of them. */
export async function withRecord(files: FileMap): Promise<FileMap> {
  return { ...files, [RECORD_FILE]: text(printRecord(await contentsOf(files))) };
}

/** What is in each file of a project that is about to be written. */
export async function contentsOf(files: FileMap): Promise<Contents> {
  const entries = Object.entries(files).map(async ([path, entry]) => [path, await contentOf(entry)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

export function printRecord(contents: Contents): string {
  const files = Object.entries(contents)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, content]) => [path, { sha256: content.sha256, ...packed(content) }] as const);
  const record: z.infer<typeof Record> = { about: ABOUT, version: 1, files: Object.fromEntries(files) };
  return `${JSON.stringify(record, null, 2)}\n`;
}

/** @throws ToolError RECORD_INVALID */
export function parseRecord(json: string, where: string): Contents {
  try {
    const { files } = Record.parse(JSON.parse(json));
    return Object.fromEntries(Object.entries(files).map(([path, entry]) => [path, unpacked(entry)]));
  } catch (cause) {
    throw new ToolError(
      'RECORD_INVALID',
      {
        what: `${RECORD_FILE} is not as it was written.`,
        where,
        expected: 'the file that `create-onnx-lambda` or the last update wrote, without marks of a merge',
        next: `git checkout -- ${RECORD_FILE}, or remove it: every file that differs then counts as edited`,
      },
      { cause },
    );
  }
}

function packed({ text: content }: Content): { text?: string } {
  if (content === undefined || content.length > LONGEST) return {};
  return { text: deflateRawSync(content, { level: 9 }).toString('base64') };
}

function unpacked({ sha256: hash, text: deflated }: { sha256: string; text?: string | undefined }): Content {
  if (deflated === undefined) return { sha256: hash };
  const content = inflateRawSync(Buffer.from(deflated, 'base64'), { maxOutputLength: 4 * LONGEST }).toString();
  if (sha256(content) !== hash) throw new Error('a text is not that of its hash');
  return { sha256: hash, text: content };
}
