import { httpTrigger } from '../../http-trigger.ts';
import { isUrlEvent, readHttpEvent } from '../http-api/request.ts';

export const functionUrl = httpTrigger({ kind: 'function-url', takes: isUrlEvent, read: readHttpEvent });
