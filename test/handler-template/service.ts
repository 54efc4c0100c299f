import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle, NODE_PATH } from '../../handler-template/test/support/bundle.mjs';
import { model as digits } from '../../handler-template/src/model.ts';
import type { Model } from '../../handler-template/src/spec.ts';
import type { Settings } from '../../handler-template/src/tasks/image-classification/task.ts';
import { Folder } from '../models/files.ts';

const repo = fileURLToPath(new URL('../../', import.meta.url));
export const DIGITS = join(repo, 'fixtures/digits');

export interface Outcome {
  /** What the handler answered: a proxy response, or the answer to a direct invoke. */
  readonly value?: { statusCode?: number; headers?: Record<string, string>; body?: string } & Record<string, unknown>;
  readonly error?: { name: string; message: string; stack: string };
  readonly milliseconds: number;
}

export interface Run {
  readonly outcomes: readonly Outcome[];
  /** How often a model was loaded, and with how many threads each time. */
  readonly loads: number;
  readonly threads: readonly (number | null)[];
  readonly polluted: boolean;
  /** Lines of the log, parsed. */
  readonly log: readonly Record<string, unknown>[];
}

export interface Options {
  readonly env?: NodeJS.ProcessEnv;
  readonly concurrent?: boolean;
}

/** Files in src/ that are others than the sample's, by path. */
export type Sources = Readonly<Record<string, string>>;

/** What model.ts says for an image classifier. */
export type ClassifierModel = Model & { readonly task: Settings; readonly limits: { readonly megapixels: number } };

/** The handler, built for a model: its own sources, only model.ts (and what a test has of its own) is written anew. */
export class Service {
  readonly folder = new Folder();
  readonly handlerFile = join(this.folder.path, 'handler.mjs');
  readonly modelFile: string;

  private constructor(modelFile: string) {
    this.modelFile = join(this.folder.path, 'model.onnx');
    cpSync(modelFile, this.modelFile);
  }

  static async digits(): Promise<Service> {
    const service = new Service(join(DIGITS, 'digits.onnx'));
    cpSync(join(DIGITS, 'labels.txt'), join(service.folder.path, 'labels.txt'));
    await bundle(join(repo, 'handler-template/src/handler.ts'), service.handlerFile);
    return service;
  }

  /** An image classifier; its classes are called `class 0` and so on. */
  static async classifier(modelFile: string, model: ClassifierModel, sources: Sources = {}): Promise<Service> {
    const service = await Service.of(modelFile, model, sources);
    const labels = Array.from({ length: model.task.classes }, (_, i) => `class ${i}\n`);
    service.folder.file('labels.txt', labels.join(''));
    return service;
  }

  static async of(modelFile: string, model: Model, sources: Sources = {}): Promise<Service> {
    const service = new Service(modelFile);
    const src = join(service.folder.path, 'src');
    mkdirSync(src);
    cpSync(join(repo, 'handler-template/src'), src, { recursive: true });
    const sample = readFileSync(join(src, 'model.ts'), 'utf8');
    const rest = sample.slice(sample.indexOf('/** JSON Schemas'));
    writeFileSync(join(src, 'model.ts'), `export const model = ${JSON.stringify(model)} as const;\n${rest}`);
    for (const [path, text] of Object.entries(sources)) writeFileSync(join(src, path), text);
    await bundle(join(src, 'handler.ts'), service.handlerFile);
    return service;
  }

  /** Starts an environment, sends the events and ends it. @throws Error with the log when the environment does not start */
  async run(events: readonly unknown[], { env = {}, concurrent = false }: Options = {}): Promise<Run> {
    const eventsFile = this.folder.file('events.json', JSON.stringify(events));
    const outFile = this.folder.file('out.json', '');
    const script = join(repo, 'test/handler-template/child/invoke.mjs');
    const args = [script, this.handlerFile, eventsFile, outFile, concurrent ? 'concurrent' : 'serial'];
    const child = spawn(process.execPath, args, {
      env: {
        ...process.env,
        AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
        NODE_PATH,
        MODEL_FILE: this.modelFile,
        ...env,
      },
    });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const code = await new Promise((resolve) => child.on('close', resolve));
    if (code !== 0) throw new Error(`The environment did not start (${String(code)}):\n${text}`);
    const log = text
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    return { ...(JSON.parse(readFileSync(outFile, 'utf8')) as Omit<Run, 'log'>), log };
  }

  dispose(): void {
    this.folder.dispose();
  }
}

/** A model like the sample's, but for what is said. */
export function modelWith(task: Partial<Settings>, input: Model['inputs'][number]): ClassifierModel {
  return { ...digits, task: { ...digits.task, input: input.name, ...task }, inputs: [input] };
}

export function picture(name: string): Buffer {
  return readFileSync(join(DIGITS, name));
}

/** A REST API's proxy event. */
export function apiEvent(parts: {
  method?: string;
  resource?: string;
  type?: string | null;
  body?: string | Buffer | null;
}): object {
  const { method = 'POST', resource = '/predict', type = 'application/json', body = null } = parts;
  return {
    resource,
    path: resource,
    httpMethod: method,
    headers: type === null ? null : { 'content-type': type },
    multiValueHeaders: type === null ? null : { 'content-type': [type] },
    queryStringParameters: null,
    pathParameters: null,
    requestContext: { stage: 'dev', requestId: 'r' },
    body: body instanceof Buffer ? body.toString('base64') : body,
    isBase64Encoded: body instanceof Buffer,
  };
}

/** The answer's body, parsed. */
export function bodyOf({ value, error }: Outcome): { message?: string; code?: string; predictions?: unknown[] } {
  if (error) throw new Error(`${error.name}: ${error.message}`);
  return JSON.parse(value?.body ?? '') as object;
}
