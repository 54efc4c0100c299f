import { ToolError } from '../errors.ts';

/** One entry of an archive as it is listed, nothing believed yet. */
export interface Member {
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'link' | 'device' | 'unknown';
  readonly size: number;
  /** Why this entry can't be unpacked by us, where that is so. */
  readonly unsupported?: string | undefined;
}

export const LIMITS = {
  members: 20_000,
  /** What Lambda takes at most, as a container image. */
  bytes: 10 * 2 ** 30,
  /** Bytes out for one byte in. Weights pack badly: 1.1 to 10; a bomb has 1000. */
  ratio: 200,
  /** Below this nobody is hurt, and an untrained model of zeros packs like a bomb. */
  ratioFrom: 32 * 2 ** 20,
} as const;

/** The first rule that an entry breaks is said. */
const UNSAFE: readonly (readonly [breaks: (member: Member) => boolean, what: string])[] = [
  [({ kind }) => kind === 'link', 'a link'],
  [({ kind }) => kind === 'device', 'a device or a pipe'],
  [({ path }) => path.includes('\0'), 'a name with a NUL in it'],
  [({ path }) => path.includes('\\'), 'a name with a backslash'],
  [({ path }) => /^[a-z]:/i.test(path), 'a name with a drive letter'],
  [({ path }) => path.startsWith('/'), 'an absolute path'],
  [({ path }) => path.split('/').includes('..'), 'a path that leads out of it'],
  [({ path, kind }) => kind === 'file' && tidy(path) === '', 'a file without a name'],
];

/** Paths as they are compared: no `.`, no doubled or trailing slash. */
const tidy = (path: string): string =>
  path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');

/** Names that say nothing of a model: what macOS leaves behind, hidden folders, names that can't be shown. */
const JUNK = /(^|\/)(\.|__MACOSX(\/|$))|[\x00-\x1f\x7f]/;

/**
 * Checks a whole listing before anything is unpacked.
 *
 * @returns the files by tidy path, with their number in the listing
 * @throws ToolError MODEL_ARCHIVE_UNSAFE, MODEL_ARCHIVE_TOO_LARGE, MODEL_ARCHIVE_UNSUPPORTED, MODEL_ARCHIVE_BROKEN
 */
export function checkMembers(members: readonly Member[], packed: number, where: string): Map<string, number> {
  checkTotals(members.length, sum(members), packed, where);
  const files = new Map<string, number>();
  for (const [index, member] of members.entries()) {
    const unsafe = UNSAFE.find(([breaks]) => breaks(member));
    if (unsafe) throw unsafeMember(unsafe[1], member, where);
    if (member.unsupported !== undefined) throw unsupported(member.unsupported, member, where);
    if (member.kind !== 'file') continue;
    const path = tidy(member.path);
    if (files.has(path)) throw unsafeMember('two files of the same name', member, where);
    files.set(path, index);
  }
  for (const path of files.keys()) {
    for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) {
      const folder = path.slice(0, at);
      if (files.has(folder)) throw broken(`${shown(folder)} is both a file and a folder`, where);
    }
  }
  return new Map([...files].filter(([path]) => !JUNK.test(path)));
}

/** @throws ToolError MODEL_ARCHIVE_TOO_LARGE */
export function checkTotals(count: number, bytes: number, packed: number, where: string): void {
  const { members, bytes: most, ratio, ratioFrom } = LIMITS;
  const says =
    count > members
      ? `more than ${members} entries`
      : bytes > most
        ? `more than ${most / 2 ** 30} GiB unpacked`
        : bytes > ratioFrom && bytes > packed * ratio
          ? `more than ${ratio} bytes for each byte it has, as an archive has that is made to fill a disk`
          : undefined;
  if (says === undefined) return;
  throw new ToolError('MODEL_ARCHIVE_TOO_LARGE', {
    what: `This archive holds ${says}.`,
    where,
    next: 'Unpack it yourself if you trust it, and give the folder.',
  });
}

export function broken(why: string, where: string, cause?: unknown): ToolError {
  const trouble = { what: `The archive is broken: ${why}.`, where, next: 'Copy or download it again.' };
  return new ToolError('MODEL_ARCHIVE_BROKEN', trouble, { cause });
}

function unsafeMember(what: string, { path }: Member, where: string): ToolError {
  return new ToolError('MODEL_ARCHIVE_UNSAFE', {
    what: `The archive holds ${what}: ${shown(path)}. Nothing was unpacked.`,
    where,
    expected: 'files and folders with relative paths, each once',
    next: 'Pack it anew; give tar the option --dereference for links.',
  });
}

function unsupported(what: string, { path }: Member, where: string): ToolError {
  return new ToolError('MODEL_ARCHIVE_UNSUPPORTED', {
    what: `The archive holds a file that is ${what}: ${shown(path)}.`,
    where,
    next: 'Unpack it yourself, and give the folder.',
  });
}

/** A name from an archive must not drive the terminal. */
const shown = (path: string): string => JSON.stringify(path.slice(0, 200));

const sum = (members: readonly Member[]): number => members.reduce((total, { size }) => total + size, 0);
