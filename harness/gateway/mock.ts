import { isMapping, type Mapping } from '../template/values.ts';
import { valueFrom, type Trouble } from './gateway-responses.ts';
import { lastOf, mediaType, type GatewayRequest, type GatewayResponse } from './http.ts';

/** The answer of a mock integration (CORS preflight): its request template names a status, which picks one of its responses. */
export function mockResponse(settings: Mapping, request: GatewayRequest, context: Mapping): GatewayResponse | Trouble {
  const templates = isMapping(settings['requestTemplates']) ? settings['requestTemplates'] : {};
  const type = mediaType(lastOf(request.headers, 'content-type') ?? 'application/json');
  const strict = ['never', 'when_no_templates'].includes(String(settings['passthroughBehavior'] ?? '').toLowerCase());
  const template = templates[type] ?? (strict ? undefined : Object.values(templates)[0]);
  if (template === undefined) return { type: 'UNSUPPORTED_MEDIA_TYPE' };
  const wanted = statusIn(String(template));
  if (wanted === undefined) return { type: 'DEFAULT_5XX' };
  const responses = isMapping(settings['responses']) ? settings['responses'] : {};
  const key = Object.keys(responses).find((pattern) => pattern !== 'default' && fits(pattern, wanted)) ?? 'default';
  const chosen = responses[key];
  if (!isMapping(chosen)) return { type: 'DEFAULT_5XX' };
  const parameters = isMapping(chosen['responseParameters']) ? chosen['responseParameters'] : {};
  const headers = Object.entries(parameters).flatMap(([target, source]): [string, string][] => {
    const [, name] = /^method\.response\.header\.(.+)$/.exec(target) ?? [];
    const value = valueFrom(String(source), request.headers, context);
    return name === undefined || value === undefined ? [] : [[name, value]];
  });
  const bodies = isMapping(chosen['responseTemplates']) ? chosen['responseTemplates'] : {};
  const [bodyType = 'application/json', body = ''] = Object.entries(bodies)[0] ?? [];
  const hasType = headers.some(([name]) => name.toLowerCase() === 'content-type');
  return {
    status: Number(chosen['statusCode'] ?? wanted),
    headers: hasType ? headers : [['Content-Type', bodyType], ...headers],
    body: Buffer.from(String(body)),
  };
}

function statusIn(template: string): number | undefined {
  const [, status] = /["']?statusCode["']?\s*:\s*["']?(\d{3})/.exec(template) ?? [];
  return status === undefined ? undefined : Number(status);
}

const fits = (pattern: string, status: number): boolean => new RegExp(`^(?:${pattern})$`).test(String(status));
