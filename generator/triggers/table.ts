import type { z } from 'zod';
import { batch } from '../../handler-template/src/triggers/batch/emit.ts';
import { dynamodb } from '../../handler-template/src/triggers/dynamodb/emit.ts';
import { functionUrl } from '../../handler-template/src/triggers/function-url/emit.ts';
import { httpApi } from '../../handler-template/src/triggers/http-api/emit.ts';
import { kinesis } from '../../handler-template/src/triggers/kinesis/emit.ts';
import { restApi } from '../../handler-template/src/triggers/rest-api/emit.ts';
import { s3 } from '../../handler-template/src/triggers/s3/emit.ts';
import { sns } from '../../handler-template/src/triggers/sns/emit.ts';
import { schedule } from '../../handler-template/src/triggers/schedule/emit.ts';
import { sqsFifo } from '../../handler-template/src/triggers/sqs-fifo/emit.ts';
import { sqs } from '../../handler-template/src/triggers/sqs/emit.ts';
import { partTable, settingsUnion } from '../part-table.ts';
import type { TriggerModule } from './trigger.ts';

/** Every kind of trigger, in the order in which they are offered. */
export const TRIGGERS = {
  'rest-api': restApi,
  'http-api': httpApi,
  'function-url': functionUrl,
  s3,
  sqs,
  'sqs-fifo': sqsFifo,
  sns,
  kinesis,
  dynamodb,
  schedule,
  batch,
} as const;

export type TriggerKind = keyof typeof TRIGGERS;
type SettingsOf<Kind extends TriggerKind> = z.infer<(typeof TRIGGERS)[Kind]['settings']>;
export type Trigger = { [Kind in TriggerKind]: SettingsOf<Kind> }[TriggerKind];

export const Trigger = settingsUnion(TRIGGERS) as z.ZodType<Trigger>;

export const triggerTable = partTable<Trigger, TriggerModule<Trigger>>(TRIGGERS as never);

/** Whether any caller comes over HTTP. */
export const speaksHttp = ({ triggers }: { readonly triggers: readonly Trigger[] }): boolean =>
  triggers.some((trigger) => triggerTable.of(trigger).answers === 'http');
