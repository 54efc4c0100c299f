import type { z } from 'zod';
import { s3Output } from '../../handler-template/src/outputs/s3/emit.ts';
import { partTable, settingsUnion } from '../part-table.ts';
import type { OutputModule } from './output.ts';

/** Every kind of output, in the order in which they are offered. */
export const OUTPUTS = {
  s3: s3Output,
} as const;

export type OutputKind = keyof typeof OUTPUTS;
type SettingsOf<Kind extends OutputKind> = z.infer<(typeof OUTPUTS)[Kind]['settings']>;
export type Output = { [Kind in OutputKind]: SettingsOf<Kind> }[OutputKind];

export const Output = settingsUnion(OUTPUTS) as z.ZodType<Output>;

export const outputTable = partTable<Output, OutputModule<Output>>(OUTPUTS as never);
