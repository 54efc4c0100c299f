import type { Blueprint } from '../blueprint.ts';
import { handlerOf } from '../tasks/table.ts';
import { BESIDE_FOLDER, hasBeside } from './model-source.ts';
import { RUNTIME } from './package.ts';
import { sub, type Resource, type Resources } from './cloudformation.ts';

/** What changes at its own speed: native libraries seldom, the model now and then, the code (in the function) often. */
export function layerResources(blueprint: Blueprint): Resources {
  // An image has it all inside.
  if (blueprint.package.kind === 'image') return {};
  const { task, model, function: fn } = blueprint;
  const { architecture } = fn;
  const layer = (name: string, description: string, contentUri: string): Resource => ({
    Type: 'AWS::Serverless::LayerVersion',
    Properties: {
      LayerName: sub(`\${AWS::StackName}-${name}`),
      Description: description,
      ContentUri: contentUri,
      CompatibleRuntimes: [RUNTIME],
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
      Metadata: { BuildMethod: RUNTIME, BuildArchitecture: architecture },
    },
    ...(hasBeside(blueprint) && {
      BesideModelLayer: layer('beside-model', 'What lies beside the model', `${BESIDE_FOLDER}/`),
    }),
    ...(model.source.kind === 'layer' && { ModelLayer: layer('model', 'The model and what lies beside it', 'model/') }),
  };
}
