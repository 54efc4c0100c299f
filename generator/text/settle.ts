import type { Hint } from '../hints/hint.ts';
import type { SideFile } from '../hints/side-files.ts';
import type { TextHints } from '../questions/context.ts';
import type { Reason } from '../tasks/task.ts';
import { text, type FileEntry } from '../write/file-map.ts';
import type { TextGuess } from './input.ts';
import type { TextInput } from './settings.ts';

type Read = Extract<TextGuess, { kind: 'text' }>;
type Named = Readonly<Record<string, Hint<unknown> | undefined>>;

/** What a person reads of a guess. */
export function reasonsOf(hints: Named): Reason[] {
  return Object.entries(hints).flatMap(([field, hint]) => (hint ? [{ field, hint }] : []));
}

/** What questions may look at. @param hints those whose defaults are worth a question */
export function textHints({ input, fixedTokens }: Read, hints: Named): TextHints {
  return {
    fixedTokens,
    maxTokens: input.kind === 'tokens' ? input.maxTokens : undefined,
    unsure: Object.entries(hints).flatMap(([name, hint]) => (hint?.source === 'default' ? [name] : [])),
  };
}

/** The input with the length that was answered. */
export function withMaxTokens(input: TextInput, maxTokens: number | undefined): TextInput {
  return input.kind === 'tokens' ? { ...input, maxTokens: maxTokens ?? input.maxTokens } : input;
}

/** The length, read back. */
export function tokensAnswer(input: TextInput): { readonly maxTokens?: number } {
  return input.kind === 'tokens' ? { maxTokens: input.maxTokens } : {};
}

/** What lies beside the model in a project. */
export function tokenizerFiles(sideFiles: readonly SideFile[]): Readonly<Record<string, FileEntry>> {
  const file = sideFiles.find(({ role }) => role === 'tokenizer');
  return file ? { 'tokenizer.json': text(file.text) } : {};
}
