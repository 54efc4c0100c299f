import { acceptOf, bodyOf, reply, replyTo, type HttpRequest, type HttpResult } from './http.ts';
import type { Origin } from './outputs/output.ts';
import { routeFor } from './routes.ts';
import type { Trigger } from './triggers/trigger.ts';

interface HttpKind<Event> {
  /** As in onnx-lambda.yaml. */
  readonly kind: string;
  readonly takes: (event: unknown) => event is Event;
  readonly read: (event: Event) => HttpRequest;
  /** Of every answer, besides its content type. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A trigger whose caller waits for an answer over HTTP: errors are answers too. */
export function httpTrigger<Event>({ kind, takes, read, headers }: HttpKind<Event>): Trigger {
  return {
    takes,
    async handle(event, { awsRequestId }) {
      const result = await answered(read(event as Event), { id: awsRequestId, name: awsRequestId, trigger: kind });
      return { ...result, headers: { ...result.headers, ...headers } };
    },
  };
}

async function answered(request: HttpRequest, origin: Origin): Promise<HttpResult> {
  try {
    const call = { body: bodyOf(request), accept: acceptOf(request), requestId: origin.id, origin };
    return reply(await routeFor(request.method, request.path).run(call));
  } catch (error) {
    return replyTo(error, request.path);
  }
}
