import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ExpectedPicture } from '../generator/expected.ts';
import { compareFixture } from './compare-fixture.ts';
import { hostCredentials } from './credentials.ts';
import { contentTypeOf, eventOf } from './fixture-files.ts';
import { brief, readExpected, type Prediction } from './fixtures.ts';
import type { GatewayResponse } from './gateway/http.ts';
import { LocalAws } from './local-aws/local-aws.ts';
import { Service } from './service.ts';

/** Jest's globals, as far as they are used here. */
interface Jest {
  readonly describe: (name: string, define: () => void) => void;
  readonly test: (name: string, run: () => Promise<void>, timeout?: number) => void;
  readonly beforeAll: (run: () => Promise<void>, timeout?: number) => void;
  readonly afterAll: (run: () => Promise<void>, timeout?: number) => void;
}

/** ms that building and starting may take on a slow machine. */
const PATIENCE = 120_000;

/**
 * Defines the tests of a project's service: builds its function once, then sends every fixture through the API (or to the function,
 * where nothing speaks HTTP) and compares the answer with
 * what the model itself said; health, direct invoke and bad input besides. No Docker, no AWS.
 *
 * @param project the project's folder
 * @example testService(new URL('..', import.meta.url));
 */
export function testService(project: string | URL): void {
  const root = typeof project === 'string' ? project : fileURLToPath(project);
  const { describe, test, beforeAll, afterAll } = globalThis as unknown as Jest;
  const { fixtures, tolerance } = readExpected(root);
  // What nobody calls over HTTP has no document of an API.
  const hasHttp = existsSync(join(root, 'swagger.yaml'));
  const lines: string[] = [];
  let service: Service | undefined;
  let aws: LocalAws | undefined;

  const running = (): Service => {
    if (!service) throw new Error('The service did not start.');
    lines.length = 0;
    return service;
  };
  const send = (
    method: string,
    target: string,
    type?: string,
    body: string | Buffer = '',
    accept = 'application/json',
  ): Promise<GatewayResponse> =>
    running().handle({
      method,
      target,
      headers: [
        ['Host', 'localhost'],
        ['Accept', accept],
        ...(type === undefined ? [] : [['Content-Type', type] as const]),
      ],
      body: Buffer.from(body as string),
      sourceIp: '127.0.0.1',
      protocol: 'HTTP/1.1',
    });
  const invoked = async (file: string): Promise<string> => (await running().lambda.invoke(eventOf(file))).payload;
  /** An error with all that one wants to know of a failed test: what was sent, what should have come, what came, what the function printed. */
  const failure = (rows: Readonly<Record<string, string>>): Error => {
    const table = Object.entries(rows).map(([name, text]) => `${name.padEnd(10)}${text}`);
    const error = new Error(['', ...table, ...(lines.length > 0 ? ['', ...lines] : [])].join('\n'));
    // Where in this file it was thrown helps nobody.
    error.stack = error.message;
    return error;
  };
  const expectStatus = async (sent: string, want: number, response: Promise<GatewayResponse>): Promise<void> => {
    const { status, body } = await response;
    if (status !== want)
      throw failure({ sent, expected: `status ${want}`, got: `status ${status} ${body.toString()}` });
  };

  describe('service', () => {
    beforeAll(async () => {
      aws = await LocalAws.start(root);
      const { variables } = aws;
      service = await Service.open(root, {
        log: (line) => lines.push(line),
        look: Infinity,
        // On this machine, wherever the shell leads: fixtures are nobody's requests.
        variables: (project) => hostCredentials({}, project.function, false, variables),
      });
    }, PATIENCE);
    afterAll(async () => {
      await service?.close();
      await aws?.close();
    });

    for (const [fixture, { path, response }] of Object.entries(fixtures)) {
      const file = join(root, 'fixtures', fixture);
      test(
        `answers ${fixture} as the model does`,
        async () => {
          if (!hasHttp) return check(file, response, await invoked(file));
          const { status, body } = await send('POST', path, contentTypeOf(fixture), readFileSync(file));
          await check(file, response, status === 200 ? body.toString() : `status ${status} ${body.toString()}`);
        },
        PATIENCE,
      );
    }

    if (!hasHttp) return;
    const [first] = Object.entries(fixtures);
    if (first) {
      const [fixture, { response }] = first;
      test(
        `answers ${fixture} sent by a direct invoke`,
        async () => {
          const file = join(root, 'fixtures', fixture);
          await check(file, response, await invoked(file));
        },
        PATIENCE,
      );
    }

    const [drawn] = Object.entries(fixtures).filter(
      ([, { response }]) => 'image' in response && ExpectedPicture.safeParse(response['image']).success,
    );
    if (drawn) {
      const [fixture, { path, response }] = drawn;
      test(
        `answers ${fixture} with the bytes of a picture`,
        async () => {
          const file = join(root, 'fixtures', fixture);
          const { status, headers, body } = await send('POST', path, contentTypeOf(fixture), readFileSync(file), '*/*');
          const [, contentType] = headers.find(([name]) => name.toLowerCase() === 'content-type') ?? [];
          await check(
            file,
            response,
            status === 200
              ? JSON.stringify({ image: body.toString('base64'), contentType })
              : `status ${status} ${body.toString()}`,
          );
        },
        PATIENCE,
      );
    }

    test('is healthy', () => expectStatus('GET /health', 200, send('GET', '/health')), PATIENCE);
    if (!first) return;
    const [fixture, { path }] = first;
    test(
      'answers 415 to a content type that it does not take',
      () => expectStatus('text/plain', 415, send('POST', path, 'text/plain', 'nothing')),
      PATIENCE,
    );
    test(
      'answers 400 to what is no JSON',
      () => expectStatus('{', 400, send('POST', path, 'application/json', '{')),
      PATIENCE,
    );
    if (!contentTypeOf(fixture).startsWith('image/')) return;
    test(
      'answers 400 to a picture that is not base64',
      () =>
        expectStatus(
          '{"image":"not base64!!@@"}',
          400,
          send('POST', path, 'application/json', '{"image":"not base64!!@@"}'),
        ),
      PATIENCE,
    );
  });

  async function check(file: string, expected: object, text: string): Promise<void> {
    const answer = parse(text);
    const comparison = await compareFixture(root, expected, answer, tolerance);
    if (comparison.kind === 'same') return;
    throw failure({
      fixture: file,
      why: comparison.why,
      expected: listed(expected),
      got: answer === undefined ? text : listed(answer),
    });
  }
}

/** Predictions as a person reads them, other answers as the beginning of their JSON. */
function listed(answer: unknown): string {
  const { predictions } = answer as { predictions?: Prediction[] };
  if (!Array.isArray(predictions) || predictions.some(({ className }) => className === undefined))
    return brief(answer, 400);
  return predictions.map(({ className, probability }) => `${className} ${probability.toFixed(6)}`).join(', ');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
