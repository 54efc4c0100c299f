import type { Blueprint } from '../generator/blueprint.ts';
import type { Json } from './openapi.ts';

const id = { default: 'api', description: 'Id of the API' };
const region = { default: 'us-east-1' };

/** Where an API is, by the kind of its trigger. */
const SERVERS: Readonly<Record<string, Json>> = {
  'rest-api': {
    url: 'https://{api}.execute-api.{region}.amazonaws.com/{stage}',
    variables: { api: id, region, stage: { default: 'prod', enum: ['dev', 'stage', 'prod'] } },
  },
  'http-api': { url: 'https://{api}.execute-api.{region}.amazonaws.com', variables: { api: id, region } },
  'function-url': {
    url: 'https://{url}.lambda-url.{region}.on.aws',
    variables: { url: { default: 'url', description: 'Id of the URL' }, region },
  },
};

/** Of documentation only: AWS gives the real ones. */
export const serversOf = ({ triggers }: Blueprint): readonly Json[] =>
  triggers.map(({ kind }) => SERVERS[kind]).filter((server) => server !== undefined);
