import type { GatewayResponse } from '../../harness/gateway/http.ts';
import { Service, type ServiceOptions } from '../../harness/service.ts';
import { cleanUp, sampleFolder } from './sample.ts';

const services: Service[] = [];
/** Ends all services: for `afterAll`. */
export async function closeServices(): Promise<void> {
  await Promise.all(services.splice(0).map((service) => service.close()));
  await cleanUp();
}

/** The sample project's function and API. */
export async function openService(overrides = {}, options: Partial<ServiceOptions> = {}): Promise<Service> {
  return track(await Service.open(sampleFolder(overrides), { log: () => undefined, ...options }));
}

/** A service that ends with the others. */
export function track(service: Service): Service {
  services.push(service);
  return service;
}

export type Sent = { headers?: Record<string, string>; body?: string | Buffer };
/** One request through the gateway, without sockets. */
export const send = (
  service: Service,
  method: string,
  target: string,
  { headers = {}, body = '' }: Sent = {},
): Promise<GatewayResponse> =>
  service.handle({
    method,
    target,
    headers: Object.entries(headers),
    body: Buffer.from(body as string),
    sourceIp: '127.0.0.1',
    protocol: 'HTTP/1.1',
  });
export const json = ({ body }: GatewayResponse): unknown => JSON.parse(body.toString());
export const header = ({ headers }: GatewayResponse, name: string): string | undefined =>
  headers.find(([key]) => key.toLowerCase() === name)?.[1];
