import type { Blueprint } from '../blueprint.ts';
import { CORS_HEADERS, CORS_MAX_AGE } from '../../swagger/cors.ts';
import { ref, type Properties, type Value } from './cloudformation.ts';
import type { Parts } from './parts.ts';

/** What all triggers have that speak HTTP: which web page may read an answer. */
export const httpParameters: Required<Parts>['parameters'] = {
  AllowOrigin: {
    Description: 'Web origin that browsers may call the API from, such as https://example.com',
    Type: 'String',
    AllowedPattern: '^(\\*|https?://[A-Za-z0-9.:-]+)$',
    MaxLength: 100,
    Default: '*',
  },
};

/** CORS where AWS answers browsers by itself: HTTP APIs and function URLs. */
export const cors: Properties = {
  AllowOrigins: [ref('AllowOrigin')],
  AllowMethods: ['GET', 'POST'],
  AllowHeaders: CORS_HEADERS.filter((name) => name !== 'X-Api-Key'),
  MaxAge: CORS_MAX_AGE,
};

/** Name of the output with a trigger's URL, by its kind. */
const URL_OUTPUTS: Readonly<Record<string, string>> = {
  'rest-api': 'RestApiUrl',
  'http-api': 'HttpApiUrl',
  'function-url': 'FunctionUrl',
};

/** The output with a trigger's URL; scripts rely on ApiUrl, which is that of the first. */
export function urlOutput({ triggers }: Blueprint, kind: string, value: Value): Required<Parts>['outputs'] {
  const [first] = triggers.filter((trigger) => Object.hasOwn(URL_OUTPUTS, trigger.kind));
  const name = first?.kind === kind ? 'ApiUrl' : (URL_OUTPUTS[kind] ?? kind);
  return { [name]: { Description: 'Base of the API: POST /predict, GET /health', Value: value } };
}
