import type { Properties, Template } from '../../../generator/template/cloudformation.ts';
import { samTemplate } from '../../../generator/template/template.ts';
import { digits, documentsOf, over, withAuth } from './blueprints.ts';

const properties = (id: string, of: Template): Properties => of.Resources[id]?.Properties ?? {};
const routesOf = (built: Template): Record<string, Record<string, Properties>> =>
  (properties('HttpApi', built)['DefinitionBody'] as { paths: Record<string, Record<string, Properties>> }).paths;
const [first, second] = [withAuth('none'), withAuth('none', 'none', 'iam')];

test('the HTTP API has the routes that are documented, each for the alias, in payload 2.0', () => {
  const routes = routesOf(samTemplate(over(['http-api'])));
  const documented = documentsOf(digits)['swagger.yaml']?.paths ?? {};
  expect(Object.keys(routes)).toStrictEqual(Object.keys(documented));
  for (const [path, methods] of Object.entries(routes)) {
    expect(Object.keys(methods)).toStrictEqual(Object.keys(documented[path] ?? {}).filter((one) => one !== 'options'));
    for (const route of Object.values(methods)) {
      expect(route).toMatchObject({
        security: [{ sigv4: [] }],
        'x-amazon-apigateway-integration': { payloadFormatVersion: '2.0', timeoutInMillis: 30_000 },
      });
    }
  }
});

test('signed unless a stage is open by name; a stage that asks REST for a key takes signed requests', () => {
  const route = (blueprint: typeof first): unknown =>
    routesOf(samTemplate(over(['http-api'], blueprint)))['/predict']?.['post']?.['security'];
  expect(route(first)).toBeUndefined();
  expect(route(second)).toStrictEqual({ 'Fn::If': ['UsesNoAuth', [], [{ sigv4: [] }]] });
  expect(route(withAuth('api-key'))).toStrictEqual([{ sigv4: [] }]);
  const auth = (blueprint: typeof first): unknown =>
    properties('FunctionUrl', samTemplate(over(['function-url'], blueprint)))['AuthType'];
  expect([digits, first, second, withAuth('api-key')].map(auth)).toStrictEqual([
    'AWS_IAM',
    'NONE',
    { 'Fn::If': ['UsesNoAuth', 'NONE', 'AWS_IAM'] },
    'AWS_IAM',
  ]);
});

test('an open URL needs both permissions, the second one through the URL alone', () => {
  const open = samTemplate(over(['function-url'], first));
  expect(properties('UrlPermission', open)).toMatchObject({
    Action: 'lambda:InvokeFunctionUrl',
    FunctionUrlAuthType: 'NONE',
    Principal: '*',
  });
  expect(properties('UrlInvokePermission', open)).toMatchObject({
    Action: 'lambda:InvokeFunction',
    InvokedViaFunctionUrl: true,
    Principal: '*',
  });
  const mixed = samTemplate(over(['function-url'], second));
  expect(mixed.Resources['UrlInvokePermission']?.Condition).toBe('UsesNoAuth');
  const closed = samTemplate(over(['function-url']));
  expect(Object.values(closed.Resources).filter(({ Type }) => Type === 'AWS::Lambda::Permission')).toStrictEqual([]);
});

test('ApiUrl is that of the first, others have their own names', () => {
  const outputs = (...kinds: Parameters<typeof over>[0]): string[] =>
    Object.keys(samTemplate(over(kinds)).Outputs).filter((name) => name.endsWith('Url'));
  expect(outputs('http-api')).toStrictEqual(['ApiUrl']);
  expect(outputs('function-url', 'http-api')).toStrictEqual(['ApiUrl', 'HttpApiUrl']);
  expect(outputs('rest-api', 'http-api', 'function-url')).toStrictEqual(['ApiUrl', 'HttpApiUrl', 'FunctionUrl']);
  expect(outputs()).toStrictEqual([]);
});
