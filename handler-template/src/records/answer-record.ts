import type { Context } from 'aws-lambda';
import { ServiceError } from '../errors.ts';
import type { Incoming } from '../hooks.ts';
import type { Origin } from '../outputs/output.ts';
import { answerEvent } from '../routes.ts';
import type { Answer } from '../task-types.ts';
import { countFailure, logger } from '../telemetry.ts';

/**
 * One record's way from what it holds to the outputs.
 *
 * @param read gets at the request; that it can't is counted too
 * @throws whatever its trigger then reports; the log has it beside the record's id, and never what the record holds
 */
export async function answerRecord(
  read: () => Incoming | Promise<Incoming>,
  origin: Origin,
  { awsRequestId }: Context,
): Promise<Answer> {
  try {
    const incoming = await readCounted(read);
    return await answerEvent(incoming, origin, awsRequestId);
  } catch (error) {
    const why = error instanceof ServiceError ? { code: error.code, reason: error.message } : { error: error as Error };
    logger.warn('a record failed', { trigger: origin.trigger, record: origin.id, ...why });
    throw error;
  }
}

async function readCounted(read: () => Incoming | Promise<Incoming>): Promise<Incoming> {
  try {
    return await read();
  } catch (error) {
    countFailure(error);
    throw error;
  }
}
