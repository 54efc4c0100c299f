import { answer } from './answer.ts';
import { deliver } from './deliver.ts';
import { ServiceError } from './errors.ts';
import type { HookContext, Incoming } from './hooks.ts';
import { hopsOf } from './hops.ts';
import type { HealthResponse } from './model.ts';
import type { Origin } from './outputs/output.ts';
import { modelInfo, predictTask } from './predict.ts';
import { inferTask } from './protocol/infer.ts';
import { inferPaths, isInferRequest, isProtocolPath, protocolFacts } from './protocol/routes.ts';
import { incomingOf, JSON_TYPE, type Body } from './request.ts';
import { model } from './spec.ts';
import { task as own } from './task.ts';
import type { Answer, AnyTask, Task } from './task-types.ts';

export interface Call {
  readonly body: Body;
  readonly accept: string | undefined;
  readonly requestId: string;
  readonly origin: Origin;
}

export interface Route {
  readonly method: string;
  readonly path: string;
  readonly run: (call: Call) => Answer | Promise<Answer>;
}

/** A kind of request that a model is run for: its way over HTTP, and how its JSON is told on a direct invoke. */
interface Service {
  readonly task: Task<unknown>;
  readonly name: 'predict' | 'infer';
  readonly paths: readonly string[];
  readonly takes: (event: unknown) => boolean;
}

const infer: Service = { task: inferTask(model), name: 'infer', paths: inferPaths(model), takes: isInferRequest };

/** In the order in which they are asked whether an event is theirs. */
const services = [...(model.protocol ? [infer] : []), ...servicesOf(own)];

function servicesOf(task: AnyTask | undefined): readonly Service[] {
  return task ? [{ task: predictTask(task), name: 'predict', paths: ['/predict'], takes: () => true }] : [];
}

const facts: Readonly<Record<string, object>> = {
  '/health': { status: 'ok', model: modelInfo } satisfies HealthResponse,
  ...(model.protocol && protocolFacts(model)),
};

export const routes: readonly Route[] = [
  ...Object.entries(facts).map(([path, body]): Route => ({ method: 'GET', path, run: () => ({ kind: 'json', body }) })),
  ...services.flatMap((service) =>
    service.paths.map((path): Route => ({
      method: 'POST',
      path,
      run: ({ body, ...client }) => serve(service, () => incomingOf(body, service.task), client),
    })),
  ),
];

/** @throws ServiceError NOT_FOUND */
export function routeFor(method: string, path: string): Route {
  const wanted = decoded(path);
  const of = routes.filter((one) => one.method === method);
  // A path without a resource may have a stage or a custom domain's part before it; the protocol's can't be mistaken for others.
  const route =
    of.find((one) => one.path === wanted || one.path === path) ??
    of.find((one) => isProtocolPath(one.path) && wanted.endsWith(one.path));
  if (route) return route;
  const known = routes.map((one) => `${one.method} ${one.path}`).join(', ');
  throw new ServiceError('NOT_FOUND', `There is no such route: expected one of ${known}.`);
}

/** A model's name may be URL-encoded. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Answers the JSON of a direct invoke. */
export function answerDirect(event: unknown, requestId: string): Promise<Answer> {
  return answerEvent({ kind: 'json', value: event }, { id: requestId, name: requestId, trigger: 'direct' }, requestId);
}

/** Answers what an event held: JSON of the task or of the Open Inference Protocol, or bytes of one of the task's content types. */
export function answerEvent(incoming: Incoming, origin: Origin, requestId: string): Promise<Answer> {
  const own = incoming.kind === 'json' ? services.find(({ takes }) => takes(incoming.value)) : undefined;
  // Where nothing takes it, the last one says what is wrong with it.
  const service = own ?? services.at(-1);
  if (!service) throw new ServiceError('NOT_FOUND', 'There is nothing that takes such an event.');
  return serve(service, () => incoming, { accept: JSON_TYPE, requestId, origin });
}

type Client = Omit<HookContext, 'route'> & { readonly origin: Origin };

async function serve({ task, name }: Service, read: () => Incoming, { origin, ...client }: Client): Promise<Answer> {
  let hops = 0;
  const counted = (): Incoming => {
    const incoming = read();
    hops = hopsOf(incoming);
    return incoming;
  };
  const given = await answer(task, counted, { route: name, ...client });
  await deliver({ origin: { hops, ...origin }, answer: given });
  return given;
}
