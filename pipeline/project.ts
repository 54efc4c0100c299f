import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Blueprint, BLUEPRINT_FILE, STAGES, type StageName } from '../generator/blueprint.ts';
import { ToolError } from '../generator/errors.ts';
import { findRoot } from '../generator/project-root.ts';
import { parseYaml } from '../generator/yaml.ts';
import { stageConfig } from '../harness/template/samconfig.ts';
import { mappingAt, type Mapping } from '../harness/template/values.ts';

/** What samconfig.yaml says of a stage, as far as a deployment needs to know it. */
export interface StageSettings {
  readonly stackName: string | undefined;
  readonly region: string | undefined;
  /** Parameters of the template. */
  readonly overrides: Readonly<Record<string, string>>;
  /** Folder of the artifacts in their bucket. */
  readonly prefix: string | undefined;
  /** Where images are pushed to. */
  readonly repository: string | undefined;
  readonly hasCapabilities: boolean;
}

/** A folder with a Blueprint. */
export interface Project {
  readonly root: string;
  readonly blueprint: Blueprint;
  /** template.yaml, parsed. */
  readonly template: Template;
  readonly configFile: string | undefined;
  readonly config: Readonly<Partial<Record<StageName, StageSettings>>>;
}

export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly [key: string]: unknown;
}

/**
 * Reads the project in `cwd` or in a folder above it.
 *
 * @throws ToolError NOT_A_PROJECT | YAML_INVALID | BLUEPRINT_INVALID | TEMPLATE_INVALID
 */
export async function readProject(cwd: string): Promise<Project> {
  const root = findRoot(resolve(cwd), BLUEPRINT_FILE);
  if (root === undefined) {
    throw new ToolError('NOT_A_PROJECT', {
      what: 'There is no project here.',
      where: cwd,
      expected: `${BLUEPRINT_FILE} in this folder or in one above it`,
      next: 'cd into the project, or make one: npm create onnx-lambda',
    });
  }
  const blueprintFile = join(root, BLUEPRINT_FILE);
  const parsed = Blueprint.safeParse(parseYaml(await readFile(blueprintFile, 'utf8'), blueprintFile));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ToolError('BLUEPRINT_INVALID', {
      what: issue?.message ?? 'The Blueprint is not valid.',
      where: `${blueprintFile}: ${issue?.path.join('.') ?? ''}`,
    });
  }
  const configFile = ['samconfig.yaml', 'samconfig.yml']
    .map((name) => join(root, name))
    .find((file) => existsSync(file));
  return {
    root,
    blueprint: parsed.data,
    template: await readTemplate(join(root, 'template.yaml')),
    configFile,
    config: configFile ? await readConfig(configFile) : {},
  };
}

/** Reads a SAM template: the project's own, or the one that a build wrote. */
export async function readTemplate(file: string): Promise<Template> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new ToolError('TEMPLATE_INVALID', { what: 'The template is not there.', where: file }, { cause });
  });
  const value = parseYaml(text, file);
  if (typeof value === 'object' && value !== null && 'Resources' in value) return value as Template;
  throw new ToolError('TEMPLATE_INVALID', { what: 'The template has no Resources.', where: file });
}

async function readConfig(file: string): Promise<Project['config']> {
  const samconfig = mappingAt(parseYaml(await readFile(file, 'utf8'), file), file);
  return Object.fromEntries(STAGES.map((stage) => [stage, settingsOf(samconfig, stage)]));
}

function settingsOf(samconfig: Mapping, stage: StageName): StageSettings | undefined {
  const known = stageConfig(samconfig, stage);
  if (known === undefined) return undefined;
  const where = `samconfig.yaml: ${stage}.deploy`;
  const section = mappingAt(mappingAt(samconfig[stage], where)['deploy'], where);
  const { s3_prefix: prefix, image_repository: repository, capabilities } = mappingAt(section['parameters'], where);
  return {
    ...known,
    prefix: typeof prefix === 'string' ? prefix : undefined,
    repository: typeof repository === 'string' ? repository : undefined,
    hasCapabilities: capabilities !== undefined,
  };
}
