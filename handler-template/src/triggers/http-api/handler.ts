import { httpTrigger } from '../../http-trigger.ts';
import { isHttpApiEvent, readHttpEvent } from './request.ts';

export const httpApi = httpTrigger({ kind: 'http-api', takes: isHttpApiEvent, read: readHttpEvent });
