import type { z } from 'zod';
import { callbackOutput } from '../../handler-template/src/outputs/callback/emit.ts';
import { dynamodbOutput } from '../../handler-template/src/outputs/dynamodb/emit.ts';
import { eventbridgeOutput } from '../../handler-template/src/outputs/eventbridge/emit.ts';
import { lambdaOutput } from '../../handler-template/src/outputs/lambda/emit.ts';
import { s3Output } from '../../handler-template/src/outputs/s3/emit.ts';
import { sqsOutput } from '../../handler-template/src/outputs/sqs/emit.ts';
import { partTable, settingsUnion } from '../part-table.ts';
import type { OutputModule } from './output.ts';

/** Every kind of output, in the order in which they are offered. */
export const OUTPUTS = {
  s3: s3Output,
  dynamodb: dynamodbOutput,
  lambda: lambdaOutput,
  sqs: sqsOutput,
  eventbridge: eventbridgeOutput,
  callback: callbackOutput,
} as const;

export type OutputKind = keyof typeof OUTPUTS;
type SettingsOf<Kind extends OutputKind> = z.infer<(typeof OUTPUTS)[Kind]['settings']>;
export type Output = { [Kind in OutputKind]: SettingsOf<Kind> }[OutputKind];

export const Output = settingsUnion(OUTPUTS) as z.ZodType<Output>;

export const outputTable = partTable<Output, OutputModule<Output>>(OUTPUTS as never);
