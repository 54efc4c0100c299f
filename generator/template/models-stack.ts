import type { Blueprint } from '../blueprint.ts';
import { bucket, GOES_EMPTY } from './bucket.ts';
import { ref, type Template } from './cloudformation.ts';

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
    // Models are lost by `onnx-lambda destroy` alone, which lists them first.
    Resources: bucket(
      'ModelBucket',
      {
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
      GOES_EMPTY,
    ),
    Outputs: { ModelBucket: { Description: 'Bucket of the models', Value: ref('ModelBucket') } },
  };
}
