import type { Sample } from './fixtures.ts';

/** Events of a REST API by the name of their file in events/: the sample request, and GET /health. */
export function restEvents(sample: Sample): Readonly<Record<string, object>> {
  const isText = sample.contentType === 'application/json';
  const predict = restEvent('POST', sample.path, {
    headers: { Accept: 'application/json', 'Content-Type': sample.contentType },
    body: Buffer.from(sample.body).toString(isText ? 'utf8' : 'base64'),
    isBase64Encoded: !isText,
  });
  const health = restEvent('GET', '/health', {
    headers: { Accept: 'application/json' },
    body: null,
    isBase64Encoded: false,
  });
  return { [`api-${sampleName(sample)}`]: predict, 'api-health': health };
}

/** What the sample's event is called. */
export const sampleName = ({ path }: Sample): string => (path === '/predict' ? 'predict' : 'infer');

interface Request {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly isBase64Encoded: boolean;
}

/** What API Gateway's Lambda proxy integration of a REST API sends (payload version 1.0). */
function restEvent(httpMethod: string, path: string, { headers, body, isBase64Encoded }: Request): object {
  const all = { ...headers, Host: 'api.example.com', 'User-Agent': 'curl/8.0', 'X-Forwarded-For': '192.0.2.1' };
  return {
    resource: path,
    path,
    httpMethod,
    headers: all,
    multiValueHeaders: Object.fromEntries(Object.entries(all).map(([name, value]) => [name, [value]])),
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
    stageVariables: null,
    requestContext: {
      accountId: '123456789012',
      apiId: 'example',
      domainName: 'api.example.com',
      extendedRequestId: 'example=',
      httpMethod,
      identity: { sourceIp: '192.0.2.1', userAgent: 'curl/8.0' },
      path: `/dev${path}`,
      protocol: 'HTTP/1.1',
      requestId: '00000000-0000-4000-8000-000000000000',
      requestTime: '01/Jan/2025:00:00:00 +0000',
      requestTimeEpoch: 1735689600000,
      resourceId: 'example',
      resourcePath: path,
      stage: 'dev',
    },
    body,
    isBase64Encoded,
  };
}
