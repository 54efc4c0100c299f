import type { Blueprint } from '../blueprint.ts';
import { buildProperties, DEPLOYED, HANDLER } from '../template/package.ts';

/** esbuild's flags for what `sam build` is told in BuildProperties. */
function esbuildFlags(blueprint: Blueprint): string[] {
  const built = buildProperties(blueprint);
  return [
    ...built.EntryPoints,
    '--bundle',
    '--platform=node',
    `--format=${built.Format}`,
    `--target=${built.Target}`,
    ...built.OutExtension.map((pair) => `--out-extension:${pair}`),
    ...built.External.map((name) => `--external:${name}`),
    ...(built.Minify ? ['--minify'] : []),
    ...(built.Sourcemap ? ['--sourcemap'] : []),
    `--sources-content=${built.SourcesContent}`,
    '--outdir=/image/function',
  ];
}

/**
 * Builds the container image: the same bundle, pruned libraries and model that a zip and its layers have, at the same places. The three are
 * layers of their own, so that a change of code pushes kilobytes. No syntax that only BuildKit knows.
 */
export function dockerfile(blueprint: Blueprint): string {
  const hasModel = blueprint.model.source.kind === 'layer';
  const lines = (...text: (string | false)[]): string => text.filter((line) => line !== false).join('\n');
  return `${lines(
    '# The function as a container image; `sam build` builds it.',
    '# checkov:skip=CKV_DOCKER_2:Lambda asks no image for its health.',
    '# checkov:skip=CKV_DOCKER_3:Lambda runs every image as a user of its own that has no rights. USER would only be in the way of `sam local`, which adds its emulator to the image.',
    '# checkov:skip=CKV_DOCKER_7:BASE names a version.',
    'ARG BASE=public.ecr.aws/lambda/nodejs:24',
    '',
    'FROM ${BASE} AS build',
    'WORKDIR /build/runtime',
    'COPY runtime/ ./',
    '# For the processor that this image is for. The install script leaves what Lambda loads, and nothing else.',
    'RUN npm_config_cpu=$(node -p process.arch) npm install --omit=dev --no-package-lock --no-audit --no-fund \\',
    ' && mkdir -p /image/runtime/nodejs && mv node_modules /image/runtime/nodejs/',
    'WORKDIR /build/src',
    'COPY src/package*.json src/.npmrc* ./',
    'RUN npm ci --no-audit --no-fund',
    'COPY src/ ./',
    `RUN node_modules/.bin/esbuild ${esbuildFlags(blueprint).join(' \\\n      ')}`,
    hasModel && 'COPY model/ /image/model/',
    "# Lambda's user owns none of the files.",
    'RUN chmod -R a+rX /image',
    '',
    hasModel ? 'FROM ${BASE}' : `FROM \${BASE} AS ${DEPLOYED}`,
    'COPY --from=build /image/runtime /opt',
    hasModel && 'COPY --from=build /image/model /opt',
    'COPY --from=build /image/function ${LAMBDA_TASK_ROOT}',
    `CMD ["${HANDLER}"]`,
    ...(hasModel
      ? []
      : [
          '',
          '# For `sam local`, which has no S3: template.yaml has the stage before it deployed.',
          `FROM ${DEPLOYED}`,
          'COPY model/ /opt/',
        ]),
  )}\n`;
}

/** All that a build of the image sees: the rest of the folder is neither sent to the engine nor part of an image by mistake. */
export const DOCKERIGNORE = '*\n!src\n!runtime\n!model\n**/node_modules\n**/.DS_Store\n';
