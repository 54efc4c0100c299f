import { allowOrigin, originConstant } from './cors.ts';
import type { Json } from './openapi.ts';

/** What a REST API waits for at most, in ms. */
const TIMEOUT = 29_000;

/**
 * The function's alias as an integration names it. `${Function.Alias}` is SAM's own word and means nothing in an included file; the function's
 * ARN with the alias behind it is the same in plain CloudFormation.
 */
export const functionUri = {
  'Fn::Sub':
    'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Function.Arn}:live/invocations',
} as const;

/** Hands a request to the function. */
export const integration: Json = {
  type: 'aws_proxy',
  httpMethod: 'POST',
  uri: functionUri,
  passthroughBehavior: 'when_no_match',
  timeoutInMillis: TIMEOUT,
};

/** Which checks API Gateway makes before the function runs. */
export const VALIDATOR = 'body and parameters';

/** Errors that API Gateway makes itself look like the function's own: `{"message", "code"}`, readable from a browser. */
const gatewayResponse: Json = {
  responseParameters: { [`gatewayresponse.header.${allowOrigin}`]: originConstant },
  responseTemplates: {
    'application/json': '{"message":$context.error.messageString,"code":"$context.error.responseType"}',
  },
};

/** API Gateway's extensions of the whole document. @param binary content types that reach the function as bytes (base64 in its event) */
export const documentExtensions = (binary: readonly string[]): Json => ({
  ...(binary.length > 0 && { 'x-amazon-apigateway-binary-media-types': binary }),
  'x-amazon-apigateway-request-validators': {
    [VALIDATOR]: { validateRequestBody: true, validateRequestParameters: true },
  },
  'x-amazon-apigateway-request-validator': VALIDATOR,
  'x-amazon-apigateway-gateway-responses': { DEFAULT_4XX: gatewayResponse, DEFAULT_5XX: gatewayResponse },
});
