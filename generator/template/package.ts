import type { Blueprint } from '../blueprint.ts';
import { handlerOf } from '../tasks/table.ts';
import { ref } from './cloudformation.ts';
import type { Parts } from './parts.ts';

/** How the function is bundled, in SAM's words: the image's Dockerfile does the same. */
export const buildProperties = ({ task }: Blueprint) => ({
  EntryPoints: ['handler.ts'],
  Format: 'esm',
  Target: 'node24',
  OutExtension: ['.js=.mjs'],
  External: handlerOf(task).runtime,
  Minify: true,
  Sourcemap: true,
  // As text: SAM drops a flag that is the boolean false, and the map is four fifths of the zip with the sources in it.
  SourcesContent: 'false',
});

/** `file.export` that Lambda calls. */
export const HANDLER = 'handler.handler';
export const RUNTIME = 'nodejs24.x';
export const DOCKERFILE = 'Dockerfile';
/** Stage of the Dockerfile that is deployed where another one, with the model in it, is for local runs. */
export const DEPLOYED = 'deployed';

const zipped = (blueprint: Blueprint): Parts => ({
  layers: [ref('RuntimeLayer')],
  metadata: { BuildMethod: 'esbuild', BuildProperties: buildProperties(blueprint) },
  properties: { CodeUri: 'src/', Handler: HANDLER, Runtime: RUNTIME },
});

const asImage = (blueprint: Blueprint): Parts => ({
  metadata: {
    Dockerfile: DOCKERFILE,
    DockerContext: '.',
    DockerTag: blueprint.name,
    ...(blueprint.model.source.kind !== 'layer' && { DockerBuildTarget: DEPLOYED }),
    // Read by `onnx-lambda test`, `invoke` and `start`, which run without Docker what the Dockerfile builds.
    LocalBuild: {
      Runtime: RUNTIME,
      CodeUri: 'src/',
      BuildProperties: buildProperties(blueprint),
      Layers: [
        { ContentUri: 'runtime/', BuildMethod: RUNTIME },
        ...(blueprint.model.source.kind === 'layer' ? [{ ContentUri: 'model/' }] : []),
      ],
    },
  },
  properties: { PackageType: 'Image', ImageConfig: { Command: [HANDLER] } },
});

const PACKAGES = { zip: zipped, image: asImage } as const;

/** What is deployed: how the function is built, and where its code is. */
export const packageParts = (blueprint: Blueprint): Parts => PACKAGES[blueprint.package.kind](blueprint);
