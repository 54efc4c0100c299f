import type { Blueprint } from './blueprint.ts';
import { BLUEPRINT_FILE } from './blueprint.ts';
import { dialectSource, predictOf, standardOf, withDialect } from './dialects/speak.ts';
import { client } from './render/client.ts';
import { dockerfile, DOCKERIGNORE } from './render/dockerfile.ts';
import { events } from './render/events.ts';
import { fixtureFiles, type Fixture, type Sample } from './render/fixtures.ts';
import { inputsSource } from './inputs/parts.ts';
import { modelLocation } from './render/model-location.ts';
import { packageJson } from './render/package-json.ts';
import { packageManagerFiles } from './render/package-manager-files.ts';
import { partLists, withParts } from './render/part-lists.ts';
import { pipelineSh } from './render/pipeline-sh.ts';
import { readme } from './render/readme.ts';
import { SERVICE_TEST } from './render/service-test.ts';
import { templateDevDependencies, templateFiles, templateOverrides } from './render/template-files.ts';
import type { Tool } from './render/tool.ts';
import { deploymentFiles } from './template/files.ts';
import { BESIDE_FOLDER, hasBeside } from './template/model-source.ts';
import { DOCKERFILE } from './template/package.ts';
import { json, script, text, type FileEntry, type FileMap } from './write/file-map.ts';
import { stringifyYaml } from './yaml.ts';
import { handlerOf } from './tasks/table.ts';
import type { HandlerParts } from './tasks/task.ts';
import { speaksHttp } from './triggers/table.ts';
import { CLIENT_FILE } from '../swagger/client/source.ts';
import { modelSource } from '../swagger/model-source.ts';

/** All that a project is made from; everything that had to be read, asked or run is in it. */
export interface ProjectParts {
  readonly blueprint: Blueprint;
  readonly tool: Tool;
  /** Path in model/ to content: model.onnx, and its external data. */
  readonly model: Readonly<Record<string, FileEntry>>;
  /** Of these, what does not come with the model from the web. */
  readonly beside?: Readonly<Record<string, FileEntry>>;
  /** Class names, in the order of the scores; undefined where the task has no classes. */
  readonly labels: readonly string[] | undefined;
  readonly fixtures: readonly Fixture[];
  /** The request that events and README show. */
  readonly sample: Sample;
}

/** The text of onnx-lambda.yaml. */
export const printBlueprint = (blueprint: object): string =>
  stringifyYaml(blueprint, ' What this project was made from; `onnx-lambda` reads it.');

/** What fetching the model needs besides: the SDK is Lambda's own, here it is for its types. */
const FETCHING: Readonly<Record<Blueprint['model']['source']['kind'], Pick<HandlerParts, 'folders' | 'types'>>> = {
  layer: { folders: [] },
  s3: { folders: ['remote-model', 's3'], types: ['@aws-sdk/client-s3'] },
  https: { folders: ['remote-model', 'web-model'] },
};

const withSource = (parts: HandlerParts, { kind }: Blueprint['model']['source']): HandlerParts => ({
  ...parts,
  folders: [...parts.folders, ...FETCHING[kind].folders],
  types: [...(parts.types ?? []), ...(FETCHING[kind].types ?? [])],
});

/** A layer may not be empty, and this one is to be known for what it is. */
const BESIDE_WORDS =
  'What belongs to the model and does not come with it from its address. Tests and Lambda read it here.\n';

const inFolder = (folder: string, files: FileMap): FileMap =>
  Object.fromEntries(Object.entries(files).map(([path, entry]) => [`${folder}/${path}`, entry]));

/** Settings of those who fuzz the API. */
const FUZZ_FILE = 'schemathesis.toml';

/** Every file of the project. Nothing is written; of the disk, only the handler's own template is listed. */
export function planProject({ blueprint, tool, model, beside = {}, labels, fixtures, sample }: ProjectParts): FileMap {
  const overrides = templateOverrides();
  const task = withSource(handlerOf(blueprint.task), blueprint.model.source);
  const handler = withDialect(withParts(task, blueprint), blueprint);
  const operation = predictOf(blueprint);
  const deployment = Object.entries(deploymentFiles(blueprint)).map(([path, content]) => [path, text(content)]);
  const labelFile: FileMap = labels ? { 'labels.txt': text(labels.map((label) => `${label}\n`).join('')) } : {};
  const own: FileMap = {
    ...(Object.fromEntries(deployment) as FileMap),
    [BLUEPRINT_FILE]: text(printBlueprint(blueprint)),
    'package.json': json(
      packageJson({
        blueprint,
        tool: tool.dependency,
        devDependencies: templateDevDependencies(handler),
        overrides,
      }),
    ),
    'README.md': text(readme(blueprint, sample)),
    ...(speaksHttp(blueprint) && { [CLIENT_FILE]: text(client(blueprint, operation)) }),
    'pipeline.sh': script(pipelineSh(blueprint.packageManager)),
    'src/model.ts': text(modelSource(blueprint, operation)),
    'src/task.ts': text(handler.source),
    'src/dialect.ts': dialectSource(blueprint),
    'src/model-location.ts': text(modelLocation(blueprint)),
    'src/inputs.ts': text(inputsSource(blueprint, standardOf(blueprint))),
    ...partLists(blueprint),
    ...(blueprint.package.kind === 'image' && {
      [DOCKERFILE]: text(dockerfile(blueprint)),
      '.dockerignore': text(DOCKERIGNORE),
    }),
    ...inFolder('model', labelFile),
    'test/service.test.mjs': text(SERVICE_TEST),
    ...inFolder('model', model),
    ...(hasBeside(blueprint) && inFolder(BESIDE_FOLDER, { 'README.md': text(BESIDE_WORDS), ...labelFile, ...beside })),
    ...packageManagerFiles(blueprint, overrides),
    ...fixtureFiles(fixtures),
    ...events(blueprint, sample),
  };
  const files: FileMap = { ...templateFiles(handler, speaksHttp(blueprint) ? [] : [FUZZ_FILE]), ...own };
  return Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
}
