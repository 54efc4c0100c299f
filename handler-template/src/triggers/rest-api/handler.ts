import { httpTrigger } from '../../http-trigger.ts';
import { isRestEvent, readRestEvent } from './request.ts';

export const restApi = httpTrigger({ kind: 'rest-api', takes: isRestEvent, read: readRestEvent });
