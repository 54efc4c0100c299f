import { acceptOf, bodyOf, reply, replyTo, type HttpRequest } from './http.ts';
import { routeFor } from './routes.ts';
import type { Trigger } from './triggers/trigger.ts';

interface HttpKind<Event> {
  /** As in onnx-lambda.yaml. */
  readonly kind: string;
  readonly takes: (event: unknown) => event is Event;
  readonly read: (event: Event) => HttpRequest;
}

/** A trigger whose caller waits for an answer over HTTP: errors are answers too. */
export function httpTrigger<Event>({ kind, takes, read }: HttpKind<Event>): Trigger {
  return {
    takes,
    async handle(event, { awsRequestId: requestId }) {
      const request = read(event as Event);
      try {
        const origin = { id: requestId, name: requestId, trigger: kind };
        const call = { body: bodyOf(request), accept: acceptOf(request), requestId, origin };
        return reply(await routeFor(request.method, request.path).run(call));
      } catch (error) {
        return replyTo(error, request.path);
      }
    },
  };
}
