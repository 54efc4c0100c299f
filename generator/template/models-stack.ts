import type { Blueprint } from '../blueprint.ts';
import { getAtt, ref, skipChecks, sub, type Template } from './cloudformation.ts';

/** A small stack of its own: its bucket has to be there, with the model in it, before the function that fetches it. */
export const MODELS_FILE = 'models.yaml';

/** Whether each stage has a bucket of its own for its models. */
export const hasModelsStack = ({ model: { source } }: Blueprint): boolean =>
  source.kind === 's3' && source.bucket?.kind === 'stack';

/** The bucket that a stage's models are in: versions, encrypted, not public, encrypted connections alone. */
export function modelsTemplate({
  name,
}: Blueprint): Omit<Template, 'Transform' | 'Parameters' | 'Mappings' | 'Conditions'> {
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `Models of ${name}; onnx-lambda deploy makes this stack before the service's own`,
    Resources: {
      ModelBucket: {
        Type: 'AWS::S3::Bucket',
        // Only an empty bucket can be deleted: models are lost by `onnx-lambda destroy` alone, which lists them first.
        DeletionPolicy: 'Delete',
        UpdateReplacePolicy: 'Retain',
        Metadata: skipChecks({
          CKV_AWS_18: 'Who reads the models is in CloudTrail where that is wanted; a second bucket for logs is not.',
        }),
        Properties: {
          VersioningConfiguration: { Status: 'Enabled' },
          BucketEncryption: {
            ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
          },
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: true,
            BlockPublicPolicy: true,
            IgnorePublicAcls: true,
            RestrictPublicBuckets: true,
          },
          OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
          LifecycleConfiguration: {
            Rules: [
              {
                // Parts of an upload that was broken off are paid for, and seen nowhere.
                Id: 'unfinished-uploads',
                Status: 'Enabled',
                AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
              },
            ],
          },
        },
      },
      ModelBucketPolicy: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: {
          Bucket: ref('ModelBucket'),
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Deny',
                Principal: '*',
                Action: 's3:*',
                Resource: [getAtt('ModelBucket', 'Arn'), sub('${ModelBucket.Arn}/*')],
                Condition: { Bool: { 'aws:SecureTransport': 'false' } },
              },
            ],
          },
        },
      },
    },
    Outputs: { ModelBucket: { Description: 'Bucket of the models', Value: ref('ModelBucket') } },
  };
}
