import { bodyOf } from '../src/http.ts';
import { isHttpApiEvent, isUrlEvent, readHttpEvent } from '../src/triggers/http-api/request.ts';
import { isRestEvent } from '../src/triggers/rest-api/request.ts';

/** As API Gateway's documentation has it, shortened. */
const event = {
  version: '2.0',
  routeKey: 'POST /predict',
  rawPath: '/dev/predict',
  rawQueryString: 'a=1&a=2',
  cookies: ['one=1', 'two=2'],
  headers: { 'content-type': 'image/png', 'x-more': 'a,b' },
  queryStringParameters: { a: '1,2' },
  requestContext: {
    accountId: '123456789012',
    apiId: 'api-id',
    domainName: 'id.execute-api.us-east-1.amazonaws.com',
    domainPrefix: 'id',
    http: { method: 'POST', path: '/dev/predict', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'agent' },
    requestId: 'id',
    routeKey: 'POST /predict',
    stage: 'dev',
    time: '12/Mar/2020:19:03:58 +0000',
    timeEpoch: 1583348638390,
  },
  body: 'AAAA',
  isBase64Encoded: true,
};
const ofUrl = {
  ...event,
  routeKey: '$default',
  rawPath: '/predict',
  requestContext: { ...event.requestContext, domainName: 'id.lambda-url.us-east-1.on.aws', stage: '$default' },
};

test('each kind of event is told from the others, and from the JSON of a direct invoke', () => {
  const rest = { httpMethod: 'POST', path: '/predict', requestContext: { stage: 'dev' } };
  const kinds = [isRestEvent, isHttpApiEvent, isUrlEvent];
  const told = (given: unknown): readonly boolean[] => kinds.map((takes) => takes(given));
  expect(told(rest)).toEqual([true, false, false]);
  expect(told(event)).toEqual([false, true, false]);
  expect(told(ofUrl)).toEqual([false, false, true]);
  for (const other of [null, 'x', 7, [], {}, { requestContext: null }, { requestContext: { http: 1 } }, { image: 'x' }])
    expect(told(other)).toEqual([false, false, false]);
});

test('the path is the route, without the stage or the mapping of a custom domain', () => {
  const pathOf = (parts: object): string => readHttpEvent({ ...event, ...parts }).path;
  expect(pathOf({})).toBe('/predict');
  expect(pathOf({ rawPath: '/models/v1/predict' })).toBe('/predict');
  expect(pathOf({ routeKey: 'ANY /{proxy+}', pathParameters: { proxy: 'v2/health/live' } })).toBe('/v2/health/live');
  expect(pathOf({ routeKey: '$default' })).toBe('/predict');
  expect(pathOf({ routeKey: '$default', rawPath: '/developed' })).toBe('/developed');
  expect(readHttpEvent(ofUrl).path).toBe('/predict');
});

test('bodies and headers, and what is left out where there are none', () => {
  expect(bodyOf(readHttpEvent(event))).toEqual({ contentType: 'image/png', text: 'AAAA', isBase64: true });
  const { requestContext } = event;
  expect(readHttpEvent({ requestContext: { http: requestContext.http }, rawPath: '/health' })).toEqual({
    method: 'POST',
    path: '/health',
    headers: {},
    body: '',
    isBase64: false,
  });
});
