import { expect, test } from '@jest/globals';
import { ToolError } from '../../generator/errors.ts';
import { hostCredentials } from '../../harness/credentials.ts';

const alone = { sdkClients: [], sdkClientsOnDemand: [] };
const needs = { sdkClients: ['@aws-sdk/client-s3'], sdkClientsOnDemand: [] };
const mayNeed = { sdkClients: [], sdkClientsOnDemand: ['@aws-sdk/client-s3'] };
const keys = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' };
const endpoint = { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' };
const elsewhere = { AWS_EC2_METADATA_DISABLED: 'true', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };

const codeOf = (run: () => unknown): string | undefined => {
  try {
    run();
  } catch (error) {
    if (error instanceof ToolError) return error.code;
  }
  return undefined;
};

test('a function that needs no AWS sees nothing of the host, unless that was asked for', () => {
  expect(hostCredentials({ ...keys, ...endpoint }, alone)).toStrictEqual({});
  expect(hostCredentials({ ...keys, HOME: '/x' }, alone, true)).toStrictEqual({ ...keys, ...elsewhere });
  expect(hostCredentials({}, alone, true)).toStrictEqual(elsewhere);
});

test('a function that needs AWS gets the stand-in that there is, with any keys', () => {
  expect(hostCredentials({ ...keys, ...endpoint, AWS_PROFILE: 'x' }, needs)).toStrictEqual({
    ...keys,
    ...endpoint,
    ...elsewhere,
  });
  const own = { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:2' };
  expect(hostCredentials(own, needs)).toStrictEqual({
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    ...own,
    ...elsewhere,
  });
});

test('AWS itself is only reached where that was asked for', () => {
  expect(hostCredentials(keys, needs, true)).toStrictEqual({ ...keys, ...elsewhere });
  expect(codeOf(() => hostCredentials(keys, needs))).toBe('CREDENTIALS_MISSING');
  expect(codeOf(() => hostCredentials({}, needs, true))).toBe('CREDENTIALS_MISSING');
  expect(codeOf(() => hostCredentials({ AWS_ENDPOINT_URL: '' }, needs))).toBe('CREDENTIALS_MISSING');
});

test('a function of which only some requests need AWS gets a stand-in where there is one, and runs without', () => {
  expect(hostCredentials(keys, mayNeed)).toStrictEqual(elsewhere);
  expect(hostCredentials(keys, mayNeed, true)).toStrictEqual({ ...keys, ...elsewhere });
  expect(hostCredentials({}, mayNeed)).toStrictEqual(elsewhere);
  expect(hostCredentials(endpoint, mayNeed)).toStrictEqual({
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    ...endpoint,
    ...elsewhere,
  });
});

test('what stands in for AWS on this machine is used where nothing else was said, and the function needs it', () => {
  const local = { AWS_ENDPOINT_URL: 'http://127.0.0.1:3' };
  expect(hostCredentials(keys, needs, false, local)).toBe(local);
  expect(hostCredentials(keys, mayNeed, undefined, local)).toBe(local);
  expect(hostCredentials(keys, alone, false, local)).toStrictEqual({});
  expect(hostCredentials(endpoint, needs, false, local)).toMatchObject(endpoint);
  expect(hostCredentials(keys, needs, true, local)).toStrictEqual({ ...keys, ...elsewhere });
  expect(codeOf(() => hostCredentials({}, needs, true, local))).toBe('CREDENTIALS_MISSING');
});
