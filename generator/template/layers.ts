import type { Blueprint } from '../blueprint.ts';
import { handlerOf } from '../tasks/table.ts';
import { sub, type Resource, type Resources } from './cloudformation.ts';

/** What changes at its own speed: native libraries seldom, the model now and then, the code (in the function) often. */
export function layerResources({ task, model: { source }, function: { architecture } }: Blueprint): Resources {
  const layer = (name: string, description: string, contentUri: string): Resource => ({
    Type: 'AWS::Serverless::LayerVersion',
    Properties: {
      LayerName: sub(`\${AWS::StackName}-${name}`),
      Description: description,
      ContentUri: contentUri,
      CompatibleRuntimes: ['nodejs24.x'],
      CompatibleArchitectures: [architecture],
      // Versions of the function that use it keep what they have; nothing is left when the stack goes.
      RetentionPolicy: 'Delete',
      // A new version of the layer makes a new version of the function, or the alias would stay with the old model.
      PublishLambdaVersion: true,
    },
  });
  return {
    RuntimeLayer: {
      ...layer('runtime', `${handlerOf(task).runtime.join(' and ')} for Lambda`, 'runtime/'),
      Metadata: { BuildMethod: 'nodejs24.x', BuildArchitecture: architecture },
    },
    ...(source.kind === 'layer' && { ModelLayer: layer('model', 'The model and what lies beside it', 'model/') }),
  };
}
