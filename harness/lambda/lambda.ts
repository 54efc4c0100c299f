import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import type { Build } from '../build/build.ts';
import type { Project } from '../template/project.ts';
import { Environment } from './environment.ts';
import { lambdaErrors, type Invocation } from './invocation.ts';
import { LIMITS } from './limits.ts';
import { linkLayerPackages } from './packages.ts';
import { startSandbox } from './sandbox.ts';
import { makeTemporary, removeTemporary } from './temporary.ts';
import { functionVariables } from './variables.ts';

export interface LambdaOptions {
  /** Takes START, END and REPORT lines and all that the function prints. */
  readonly log: (line: string) => void;
  /** Variables of the host that the function is to see, e.g. credentials. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Most environments at once; by default as many as the machine has processors. */
  readonly environments?: number;
}

/**
 * The function, with as many environments as there are requests at once (up to a limit): further requests wait for a free one. Over
 * ReservedConcurrentExecutions a request is refused, as Lambda does.
 *
 * @example
 * const lambda = new Lambda(project, await buildFunction(project), { log: console.error });
 * const { payload } = await lambda.invoke(JSON.stringify({ image }));
 * await lambda.close();
 */
export class Lambda {
  readonly #project: Project;
  readonly #log: (line: string) => void;
  readonly #folder: string;
  readonly #make: (number: number) => Environment;
  readonly #most: number;
  readonly #environments: Environment[] = [];
  readonly #idle: Environment[] = [];
  readonly #waiting: ((environment: Environment | undefined) => void)[] = [];
  #busy = 0;
  #closed = false;
  #drained: (() => void) | undefined;

  /** @throws ToolError RUNTIME_MISSING */
  constructor(
    project: Project,
    build: Build,
    { log, variables = {}, environments = availableParallelism() }: LambdaOptions,
  ) {
    const { function: fn, region } = project;
    this.#project = project;
    this.#log = log;
    this.#folder = makeTemporary();
    this.#most = Math.max(1, Math.min(environments, fn.reservedConcurrency ?? Infinity));
    try {
      const task = this.#copyTask(build);
      const links = join(this.#folder, 'modules');
      mkdirSync(links);
      const nodePath = linkLayerPackages(project, links);
      this.#make = (number) => {
        const temporary = join(this.#folder, `tmp-${number}`);
        mkdirSync(temporary);
        const place = { region, task, temporary, nodePath, extra: variables };
        return new Environment({
          function: fn,
          log,
          start: () =>
            startSandbox({
              variables: (runtimeApi) => functionVariables(fn, { ...place, runtimeApi }),
              folder: task,
              memory: fn.memory,
              log,
            }),
        });
      };
    } catch (error) {
      this.#removeFolder();
      throw error;
    }
  }

  /** How many processes were started so far. */
  get starts(): number {
    return this.#environments.reduce((sum, { starts }) => sum + starts, 0);
  }

  /** Sends one event, as Lambda's Invoke with RequestResponse. Never throws for what the function does. */
  async invoke(
    payload: string | Uint8Array,
    { requestId = randomUUID() as string, traceId = newTraceId() } = {},
  ): Promise<Invocation> {
    const refuse = (status: 413 | 429 | 503, text: string): Invocation => ({
      kind: 'refused',
      requestId,
      status,
      payload: text,
    });
    const bytes = Buffer.byteLength(payload);
    if (bytes > LIMITS.payload) return refuse(413, lambdaErrors.requestSize(bytes));
    if (this.#closed) return refuse(503, lambdaErrors.closed());
    if (this.#busy + this.#waiting.length >= (this.#project.function.reservedConcurrency ?? Infinity))
      return refuse(429, lambdaErrors.throttled());
    const environment = await this.#acquire();
    if (!environment) return refuse(503, lambdaErrors.closed());
    try {
      const invocation = await environment.invoke({ requestId, traceId, payload });
      return this.#closed && invocation.kind === 'failed' && invocation.why === 'exit'
        ? refuse(503, lambdaErrors.closed())
        : invocation;
    } finally {
      this.#release(environment);
    }
  }

  /** Waits for what is under way, then closes: for a build that a newer one takes over from. */
  async drain(): Promise<void> {
    if (this.#busy + this.#waiting.length > 0) await new Promise<void>((resolve) => (this.#drained = resolve));
    await this.close();
  }

  /** Ends all processes at once and removes the temporary folder. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const give of this.#waiting.splice(0)) give(undefined);
    await Promise.all(this.#environments.map((environment) => environment.close()));
    this.#removeFolder();
  }

  /** As Lambda does, the code runs from a folder of its own: it finds packages in layers only, not in the project around it. */
  #copyTask({ folder, files }: Build): string {
    if (files === undefined) return folder;
    const task = join(this.#folder, 'task');
    for (const file of files) {
      mkdirSync(dirname(join(task, file)), { recursive: true });
      copyFileSync(join(folder, file), join(task, file));
    }
    return task;
  }

  #acquire(): Promise<Environment | undefined> {
    this.#busy++;
    const idle = this.#idle.pop();
    if (idle) return Promise.resolve(idle);
    if (this.#environments.length < this.#most) {
      const made = this.#make(this.#environments.length + 1);
      this.#environments.push(made);
      return Promise.resolve(made);
    }
    this.#busy--;
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #release(environment: Environment): void {
    const next = this.#waiting.shift();
    if (next) return next(environment);
    this.#busy--;
    this.#idle.push(environment);
    if (this.#busy === 0) this.#drained?.();
  }

  #removeFolder(): void {
    try {
      removeTemporary(this.#folder);
    } catch (error) {
      this.#log(`The temporary folder ${this.#folder} could not be removed: ${(error as Error).message}`);
    }
  }
}

/** An X-Ray header as Lambda hands it to a function that is not sampled. */
export function newTraceId(): string {
  const hex = randomUUID().replaceAll('-', '');
  return `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${hex.slice(0, 24)};Parent=${hex.slice(0, 16)};Sampled=0`;
}
