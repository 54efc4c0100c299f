import type { Sample } from './fixtures.ts';
import { sampleName } from './rest-event.ts';

/** What differs between those who send payload version 2.0. */
const SENDERS = {
  'http-api': { domainName: 'example.execute-api.us-east-1.amazonaws.com', hasRoutes: true },
  'function-url': { domainName: 'example.lambda-url.us-east-1.on.aws', hasRoutes: false },
} as const;

type Sender = keyof typeof SENDERS;

/** Events of an HTTP API or a function URL by the name of their file in events/: the sample request, and GET /health. */
export function httpEvents(sample: Sample, sender: Sender): Readonly<Record<string, object>> {
  const isText = sample.contentType === 'application/json';
  return {
    [`${sender}-${sampleName(sample)}`]: {
      ...httpEvent(sender, 'POST', sample.path, { 'content-type': sample.contentType }),
      body: Buffer.from(sample.body).toString(isText ? 'utf8' : 'base64'),
      isBase64Encoded: !isText,
    },
    [`${sender}-health`]: { ...httpEvent(sender, 'GET', '/health', {}), isBase64Encoded: false },
  };
}

/** Payload version 2.0, but for the body, which an event without one does not have. */
function httpEvent(sender: Sender, method: string, path: string, headers: Readonly<Record<string, string>>): object {
  const { domainName, hasRoutes } = SENDERS[sender];
  const routeKey = hasRoutes ? `${method} ${path}` : '$default';
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: '',
    headers: {
      accept: 'application/json',
      ...headers,
      host: domainName,
      'user-agent': 'curl/8.0',
      'x-forwarded-for': '192.0.2.1',
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
    },
    requestContext: {
      accountId: hasRoutes ? '123456789012' : 'anonymous',
      apiId: 'example',
      domainName,
      domainPrefix: 'example',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'curl/8.0' },
      requestId: '00000000-0000-4000-8000-000000000000',
      routeKey,
      stage: '$default',
      time: '01/Jan/2025:00:00:00 +0000',
      timeEpoch: 1735689600000,
    },
  };
}
