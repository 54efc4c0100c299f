import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describeError, ToolError } from '../generator/errors.ts';
import { buildFunction } from './build/build.ts';
import { stateOf } from './build/stamp.ts';
import type { Front } from './gateway/front.ts';
import type { GatewayRequest, GatewayResponse } from './gateway/http.ts';
import { openFront } from './gateway/open-front.ts';
import { Lambda } from './lambda/lambda.ts';
import { openProject, type Project } from './template/project.ts';

export interface ServiceOptions {
  readonly stage?: string | undefined;
  readonly log: (line: string) => void;
  /** Variables of the host that the function is to see. */
  readonly variables?: (project: Project) => Readonly<Record<string, string>>;
  readonly auth?: { readonly apiKey: string } | undefined;
  /** Whether the API's throttling is kept to; by default it is not: one machine is no place to measure it. */
  readonly throttle?: boolean | undefined;
  /** Kind of trigger that takes HTTP requests; the template's first where it is left out. */
  readonly trigger?: string | undefined;
  /** Least time between two looks at the sources, in ms; Infinity never looks again. */
  readonly look?: number;
}

interface Running {
  readonly project: Project;
  readonly lambda: Lambda;
  readonly front: Front | undefined;
  /** State of all files but the code's own, which the build looks after. */
  readonly files: string;
}

/**
 * Function and API of a project, kept up to date: before a request it looks whether sources, template, document or model changed. A change that
 * does not build is reported, and what ran before goes on.
 */
export class Service {
  readonly #folder: string;
  readonly #options: ServiceOptions;
  #running: Running;
  #looked = performance.now();
  #updating: Promise<void> | undefined;
  #lastTrouble = '';
  readonly #draining = new Set<Promise<void>>();

  private constructor(folder: string, options: ServiceOptions, running: Running) {
    this.#folder = folder;
    this.#options = options;
    this.#running = running;
  }

  /** @throws ToolError for a project, template or code that can't be used */
  static async open(folder: string, options: ServiceOptions): Promise<Service> {
    const project = await openProject(folder, options.stage);
    return new Service(folder, options, await run(project, options));
  }

  get project(): Project {
    return this.#running.project;
  }

  /** What takes HTTP requests; undefined where nothing of the project does. */
  get front(): Front | undefined {
    return this.#running.front;
  }

  get lambda(): Lambda {
    return this.#running.lambda;
  }

  async handle(request: GatewayRequest): Promise<GatewayResponse> {
    if (performance.now() - this.#looked >= (this.#options.look ?? 250)) {
      this.#updating ??= this.#update().finally(() => {
        this.#looked = performance.now();
        this.#updating = undefined;
      });
    }
    await this.#updating;
    if (!this.#running.front) throw nothingToServe(this.#folder);
    return this.#running.front.handle(request);
  }

  async close(): Promise<void> {
    await Promise.all([this.#running.lambda.close(), ...this.#draining]);
  }

  async #update(): Promise<void> {
    const { files, project } = this.#running;
    try {
      const changed = filesOf(project) !== files;
      const next = changed ? await openProject(this.#folder, this.#options.stage) : project;
      const build = await buildFunction(next);
      if (!changed && !build.made) return;
      const before = this.#running;
      this.#running = await run(next, this.#options);
      this.#options.log(changed ? 'The project changed: loaded anew.' : 'The sources changed: built anew.');
      this.#lastTrouble = '';
      const drained = before.lambda.drain().finally(() => this.#draining.delete(drained));
      this.#draining.add(drained);
    } catch (error) {
      const trouble = error instanceof ToolError ? describeError(error) : String(error);
      if (trouble !== this.#lastTrouble) this.#options.log(`${trouble}\nWhat ran before goes on.`);
      this.#lastTrouble = trouble;
    }
  }
}

async function run(
  project: Project,
  { log, variables, auth, throttle = false, trigger }: ServiceOptions,
): Promise<Running> {
  const files = filesOf(project);
  const build = await buildFunction(project);
  const lambda = new Lambda(project, build, { log, ...(variables && { variables: variables(project) }) });
  try {
    const options = {
      invoke: (payload: string, ids: Parameters<Lambda['invoke']>[1]) => lambda.invoke(payload, ids),
      log,
      throttle,
      ...(auth && { auth }),
    };
    return { project, lambda, front: await openFront(project, options, trigger), files };
  } catch (error) {
    await lambda.close();
    throw error;
  }
}

/** A project that nobody calls over HTTP. */
export const nothingToServe = (folder: string): ToolError =>
  new ToolError('NOTHING_TO_SERVE', {
    what: 'Nothing of this project speaks HTTP, so there is nothing to start.',
    where: folder,
    expected: 'one of the triggers rest-api, http-api and function-url',
    next: 'onnx-lambda invoke FIXTURE   (events of its triggers lie in events/)',
  });

/** Size and time of everything that a build does not look at: template, settings, document, layers, code that is not bundled. */
function filesOf({ root, api, function: fn }: Project): string {
  const inside = (folder: string): string[] =>
    existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
  const files = [
    ...['template.yaml', 'samconfig.yaml', ...(api?.files ?? [])].map((file) => join(root, file)),
    ...fn.layers.flatMap(({ folder }) => inside(folder)),
    ...(fn.esbuild ? [] : inside(fn.codeFolder)),
  ];
  return JSON.stringify(files.map((file) => [file, stateOf(file)]));
}
