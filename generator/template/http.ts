import { ref } from './cloudformation.ts';
import type { Parts } from './parts.ts';

/** What all triggers have that speak HTTP: which web page may read an answer. */
export const httpParts: Required<Pick<Parts, 'parameters' | 'variables'>> = {
  parameters: {
    AllowOrigin: {
      Description: 'Web origin that browsers may call the API from, such as https://example.com',
      Type: 'String',
      AllowedPattern: '^(\\*|https?://[A-Za-z0-9.:-]+)$',
      Default: '*',
    },
  },
  variables: { CORS_ORIGIN: ref('AllowOrigin') },
};
