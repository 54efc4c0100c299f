import { httpTrigger } from '../../http-trigger.ts';
import { isRestEvent, readRestEvent } from './request.ts';

/** Which web page may read an answer: a REST API leaves it to the function to say so. */
const ORIGIN = process.env['CORS_ORIGIN'] ?? '*';

export const restApi = httpTrigger({
  kind: 'rest-api',
  takes: isRestEvent,
  read: readRestEvent,
  headers: { 'Access-Control-Allow-Origin': ORIGIN },
});
