import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compiledFile } from '../../generator/package-files.ts';
import { edit, isRunning, sampleFolder, until, cleanUp, parsed, does } from './sample.ts';
import { Lambda } from '../../harness/lambda/lambda.ts';
import { buildFunction } from '../../harness/build/build.ts';
import { openProject } from '../../harness/template/project.ts';

/** The process that runs the function, by itself. */
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'harness-child-'));
  mkdirSync(join(folder, 'task'));
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await cleanUp();
});

/** Says what was posted to `path`, for a handler made of `source`. */
async function postedTo(path: string, source: string, handler = 'app.handler'): Promise<Record<string, unknown>> {
  writeFileSync(join(folder, 'task/app.mjs'), source);
  let server: Server | undefined;
  const posted = new Promise<Record<string, unknown>>((resolve) => {
    server = createServer((request, response) => {
      if (request.method === 'GET')
        return void response.writeHead(200, { 'lambda-runtime-aws-request-id': '1' }).end('{}');
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.once('end', () => {
        response.writeHead(202).end();
        if (request.url === `/2018-06-01/runtime${path}`) resolve(JSON.parse(body) as Record<string, unknown>);
      });
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const api = `127.0.0.1:${(server?.address() as AddressInfo).port}`;
  const child = spawn(process.execPath, [compiledFile('harness/child/bootstrap.js'), String(process.pid), 'tied'], {
    env: { AWS_LAMBDA_RUNTIME_API: api, LAMBDA_TASK_ROOT: join(folder, 'task'), _HANDLER: handler },
    stdio: 'ignore',
  });
  try {
    return await posted;
  } finally {
    child.kill('SIGKILL');
    server?.closeAllConnections();
    server?.close();
  }
}

test.each([
  ['export const handler = async () => {};', 'app.handle', 'Runtime.HandlerNotFound'],
  ['export const handler = 7;', 'app.handler', 'Runtime.HandlerNotFound'],
  [
    'export const handler = (event, context, callback) => callback();',
    'app.handler',
    'Runtime.CallbackHandlerDeprecated',
  ],
  ['export const handler = async () => {', 'app.handler', 'Runtime.UserCodeSyntaxError'],
  ['export const handler = async () => {};', 'nothing.handler', 'Runtime.ImportModuleError'],
  ['export const handler = async () => {};', '../app.handler', 'Runtime.MalformedHandlerName'],
  [
    'import { createRequire } from "node:module"; createRequire(import.meta.url)("not-there");',
    'app.handler',
    'Runtime.ImportModuleError',
  ],
  ['await Promise.reject(new TypeError("top"));', 'app.handler', 'TypeError'],
])('%s as %s fails to start as %s', async (source, handler, errorType) => {
  expect(await postedTo('/init/error', source, handler)).toMatchObject({
    errorType,
    errorMessage: expect.any(String) as unknown,
  });
});

test.each([
  ['export const api = { predict: async () => ({ deep: true }) };', 'app.api.predict', { deep: true }],
  ['export default { handler: () => ({ plain: true }) };', 'app.handler', { plain: true }],
  [
    'export const handler = async (_, context) => ({ left: typeof context.getRemainingTimeInMillis() });',
    'app.handler',
    { left: 'number' },
  ],
])('%s answers', async (source, handler, answer) => {
  expect(await postedTo('/invocation/1/response', source, handler)).toEqual(answer);
});

test('where the kernel does not end it, a stuck child ends itself when its parent is killed', async () => {
  writeFileSync(
    join(folder, 'task/app.mjs'),
    `import { writeFileSync } from 'node:fs'; writeFileSync('pid', String(process.pid)); for (;;);`,
  );
  const script = `
    const env = { AWS_LAMBDA_RUNTIME_API: '127.0.0.1:1', LAMBDA_TASK_ROOT: process.cwd(), _HANDLER: 'app.handler' };
    const args = [${JSON.stringify(compiledFile('harness/child/bootstrap.js'))}, String(process.pid), 'watch'];
    const child = require('node:child_process').spawn(process.execPath, args, { env, detached: true, stdio: 'ignore' });
    console.log(child.pid);
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ['-e', script], {
    cwd: join(folder, 'task'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pid = await new Promise<number>((resolve) =>
    parent.stdout.once('data', (chunk: Buffer) => resolve(Number(chunk.toString()))),
  );
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(isRunning(pid)).toBe(true);
  parent.kill('SIGKILL');
  expect(await until(() => !isRunning(pid), 10_000)).toBe(true);
});

test('LoggingConfig: JSON lines, from its level on', async () => {
  const project = sampleFolder();
  edit(project, 'template.yaml', (text) =>
    text.replace(
      '      AutoPublishAlias: live',
      '      LoggingConfig: { LogFormat: JSON, ApplicationLogLevel: ERROR }\n      AutoPublishAlias: live',
    ),
  );
  const opened = await openProject(project);
  const lines: string[] = [];
  const lambda = new Lambda(opened, await buildFunction(opened), { log: (line) => lines.push(line) });
  const { requestId } = await lambda.invoke(does('log'));
  const logged = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as object);
  expect(logged).toEqual([{ timestamp: expect.any(String) as unknown, level: 'ERROR', requestId, message: 'bad 7' }]);
  const { environment } = parsed(await lambda.invoke(does('tell'))) as { environment: Record<string, string> };
  expect(environment).toMatchObject({ AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: 'ERROR' });
  await lambda.close();
});
