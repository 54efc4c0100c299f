import { z } from 'zod';

const TokensInput = z.strictObject({
  kind: z.literal('tokens'),
  /** Names of the model's inputs; those that it has. */
  ids: z.string(),
  mask: z.string().optional(),
  types: z.string().optional(),
  /** Tokens of a text that are read, special ones included. */
  maxTokens: z.number().int().positive(),
  /** The token that fills up shorter texts. */
  padId: z.number().int().nonnegative(),
});

const StringsInput = z.strictObject({ kind: z.literal('strings'), input: z.string() });

/** How texts become what the model takes: tokens by the tokenizer beside it, or the texts themselves. */
export const TextInput = z.discriminatedUnion('kind', [TokensInput, StringsInput]);
export type TextInput = z.infer<typeof TextInput>;
export type TokensInput = z.infer<typeof TokensInput>;

/** What every task that takes texts keeps. */
export const TEXT_TASK = {
  input: TextInput,
  output: z.string(),
  /** Texts that a request may have. */
  texts: z.number().int().positive(),
} as const;

/** Settings of a task that takes texts. */
export interface TextSettings {
  readonly input: TextInput;
  readonly output: string;
  readonly texts: number;
}
