import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { STSClient } from '@aws-sdk/client-sts';
import { ToolError } from '../../generator/errors.ts';
import type { Io } from '../../generator/io.ts';
import { explainAws } from '../../generator/aws-errors.ts';

/** AWS as seen from one stage. The SDK reads AWS_ENDPOINT_URL, AWS_PROFILE and AWS_MAX_ATTEMPTS by itself, and retries. */
export interface Aws {
  readonly region: string;
  readonly cloudFormation: CloudFormationClient;
  readonly sts: STSClient;
  readonly signal: AbortSignal;
}

/**
 * Clients for a region: the one that the project pins for its stage, else AWS_REGION, AWS_DEFAULT_REGION, the profile's.
 *
 * @throws ToolError REGION_MISSING
 */
export async function connect(pinned: string | undefined, io: Io): Promise<Aws> {
  // We support Node 20 on purpose; the SDK's advice to upgrade is for us, not for the user.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const region = pinned || io.env['AWS_REGION'] || io.env['AWS_DEFAULT_REGION'] || (await profileRegion());
  if (!region) {
    throw new ToolError('REGION_MISSING', {
      what: 'No AWS region is set.',
      expected: 'AWS_REGION, a region in the AWS profile, or `region` of the stage in onnx-lambda.yaml',
      next: 'export AWS_REGION=us-east-1',
    });
  }
  return {
    region,
    cloudFormation: new CloudFormationClient({ region }),
    sts: new STSClient({ region }),
    signal: io.signal,
  };
}

const profileRegion = (): Promise<string | undefined> =>
  new STSClient({}).config.region().then(
    (region) => region,
    () => undefined,
  );

/** Runs one call of the SDK; Ctrl-C ends it, and its errors come back as ours. */
export async function call<Answer>(
  aws: Aws,
  send: (options: { abortSignal: AbortSignal }) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await send({ abortSignal: aws.signal });
  } catch (error) {
    throw explainAws(error, aws.region, aws.signal);
  }
}
