/** What one emitted file is made of. A copy is never read into memory: models are large. */
export type FileEntry =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'script'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'copy'; readonly from: string };

/** Path relative to the project, with `/` on every system, to what is in it. */
export type FileMap = Readonly<Record<string, FileEntry>>;

export const text = (content: string): FileEntry => ({ kind: 'text', text: content });
export const script = (content: string): FileEntry => ({ kind: 'script', text: content });
export const bytes = (content: Uint8Array): FileEntry => ({ kind: 'bytes', bytes: content });
export const copy = (from: string): FileEntry => ({ kind: 'copy', from });

/** JSON as people and formatters write it. */
export const json = (value: unknown): FileEntry => text(`${JSON.stringify(value, null, 2)}\n`);

/** Whether a path stays inside the project on every system. */
export function staysInside(path: string): boolean {
  return !/^$|^[/\\]|\\|^[a-z]:|(^|\/)\.{0,2}(\/|$)|\0/i.test(path);
}

/** The folders that files need, outermost first. */
export function foldersOf(paths: readonly string[]): readonly string[] {
  const folders = paths.flatMap((path) => {
    const parts = path.split('/').slice(0, -1);
    return parts.map((_, i) => parts.slice(0, i + 1).join('/'));
  });
  return [...new Set(folders)].sort();
}
