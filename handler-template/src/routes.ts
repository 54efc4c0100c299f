import { answer } from './answer.ts';
import { ServiceError } from './errors.ts';
import type { Incoming } from './hooks.ts';
import type { HealthResponse } from './model.ts';
import { modelInfo, predictTask } from './predict.ts';
import { incomingOf, type Body } from './request.ts';
import { task as own } from './task.ts';
import type { Answer, AnyTask, Task } from './task-types.ts';

export interface Call {
  readonly body: Body;
  readonly requestId: string;
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
  readonly path: string;
  readonly takes: (event: unknown) => boolean;
}

const services = servicesOf(own);

function servicesOf(task: AnyTask | undefined): readonly Service[] {
  return task ? [{ task: predictTask(task), name: 'predict', path: '/predict', takes: () => true }] : [];
}

const health: Route = {
  method: 'GET',
  path: '/health',
  run: () => ({ kind: 'json', body: { status: 'ok', model: modelInfo } satisfies HealthResponse }),
};

export const routes: readonly Route[] = [
  health,
  ...services.map(
    (service): Route => ({
      method: 'POST',
      path: service.path,
      run: ({ body, requestId }) => serve(service, () => incomingOf(body, service.task), requestId),
    }),
  ),
];

/** @throws ServiceError NOT_FOUND */
export function routeFor(method: string, path: string): Route {
  const route = routes.find((one) => one.method === method && one.path === path);
  if (route) return route;
  const known = routes.map((one) => `${one.method} ${one.path}`).join(', ');
  throw new ServiceError('NOT_FOUND', `There is no such route: expected one of ${known}.`);
}

/** Answers the JSON of a direct invoke. */
export function answerDirect(event: unknown, requestId: string): Promise<Answer> {
  const service = services.find(({ takes }) => takes(event));
  if (!service) throw new ServiceError('NOT_FOUND', 'There is nothing that takes such an event.');
  return serve(service, () => ({ kind: 'json', value: event }), requestId);
}

function serve({ task, name }: Service, read: () => Incoming, requestId: string): Promise<Answer> {
  return answer(task, read, { route: name, requestId });
}
