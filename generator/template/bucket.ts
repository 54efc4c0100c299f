import { getAtt, ref, skipChecks, sub, type Properties, type Resource, type Resources } from './cloudformation.ts';
import { onlyOverTls } from './queue.ts';

/** What becomes of a resource without its stack. */
type Fate = Pick<Resource, 'DeletionPolicy' | 'UpdateReplacePolicy'>;

const STAYS: Fate = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };

/** It goes with its stack, but not while something is in it; and stays where it was replaced by another. */
export const GOES_EMPTY: Fate = { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Retain' };

/** A bucket that outlives its stack unless said: encrypted, with versions, nothing of it public, spoken to over TLS alone. */
export function bucket(id: string, properties: Properties = {}, fate = STAYS): Resources {
  return {
    [id]: {
      Type: 'AWS::S3::Bucket',
      ...fate,
      Metadata: skipChecks({
        CKV_AWS_18: 'Access logs need a second bucket, which somebody has to look after.',
        CKV_AWS_145: 'S3 encrypts with its own key.',
      }),
      Properties: {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        VersioningConfiguration: { Status: 'Enabled' },
        ...properties,
      },
    },
    [`${id}Policy`]: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: {
        Bucket: ref(id),
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [onlyOverTls('s3:*', [getAtt(id, 'Arn'), sub(`\${${id}.Arn}/*`)])],
        },
      },
    },
  };
}

/** Days after which a version that was written over, and parts of an upload that was given up, are gone. */
export const tidiedUp = (days: number): Properties => ({
  LifecycleConfiguration: {
    Rules: [
      {
        Id: 'tidy-up',
        Status: 'Enabled',
        NoncurrentVersionExpiration: { NoncurrentDays: days },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: days },
      },
    ],
  },
});
