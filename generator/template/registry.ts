import { STAGES, type Blueprint } from '../blueprint.ts';
import { bucket, GOES_EMPTY, tidiedUp } from './bucket.ts';
import { getAtt, ref, sub, type Properties, type Resources, type Value } from './cloudformation.ts';

export const REGISTRY_FILE = 'registry.yaml';

/** Days that a version of an artifact is kept once a newer one is there, and images that are kept. */
const OLD_VERSIONS = 30;
const IMAGES = 50;

/** Where artifacts wait for deployments to a stage: a bucket, and for container images a repository. A stack of its own: it is there before the service is. */
export function registryTemplate(blueprint: Blueprint): Properties {
  const hasImages = blueprint.package.kind === 'image';
  const template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `Registry of ${blueprint.name}: ${hasImages ? 'its images and artifacts' : 'its artifacts'}`,
    Parameters: {
      Project: {
        Description: 'What the names of bucket and repository begin with',
        Type: 'String',
        AllowedPattern: '^[a-z][a-z0-9-]{0,39}$',
        Default: blueprint.name,
      },
      Stage: {
        Description: 'Which stage deploys from it',
        Type: 'String',
        AllowedValues: [...STAGES],
        Default: 'dev',
      },
    },
    Resources: { ...artifacts(), ...(hasImages && repository()) },
    Outputs: {
      BucketName: { Description: 'Bucket of artifacts', Value: ref('Bucket') },
      ...(hasImages && {
        RepositoryUri: { Description: 'Repository of images', Value: getAtt('Repository', 'RepositoryUri') },
      }),
    },
  };
  return template as unknown as Properties;
}

const artifacts = (): Resources =>
  bucket(
    'Bucket',
    {
      BucketName: sub('${Project}-${Stage}-${AWS::AccountId}'),
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      ...tidiedUp(OLD_VERSIONS),
      Tags: TAGS,
    },
    GOES_EMPTY,
  );

/** A rule of a repository's lifecycle policy: what is over a count, or untagged for a day, goes. */
const RULES = [
  {
    rulePriority: 1,
    description: 'Images that lost their tag',
    selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 1 },
    action: { type: 'expire' },
  },
  {
    rulePriority: 2,
    description: `All but the last ${IMAGES} images`,
    selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: IMAGES },
    action: { type: 'expire' },
  },
];

function repository(): Resources {
  return {
    Repository: {
      Type: 'AWS::ECR::Repository',
      ...GOES_EMPTY,
      Properties: {
        RepositoryName: sub('${Project}-${Stage}'),
        // What a tag once named it names for good: a deployed image is never another one.
        ImageTagMutability: 'IMMUTABLE',
        ImageScanningConfiguration: { ScanOnPush: true },
        EncryptionConfiguration: { EncryptionType: 'KMS' },
        LifecyclePolicy: { LifecyclePolicyText: JSON.stringify({ rules: RULES }) },
        RepositoryPolicyText: {
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'FunctionsOfThisAccount',
              Effect: 'Allow',
              Principal: { Service: 'lambda.amazonaws.com' },
              Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
              Condition: {
                StringLike: {
                  'aws:SourceArn': sub('arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:*'),
                },
              },
            },
          ],
        },
        Tags: TAGS,
      },
    },
  };
}

const TAGS: Value = [
  { Key: 'service', Value: ref('Project') },
  { Key: 'stage', Value: ref('Stage') },
];
