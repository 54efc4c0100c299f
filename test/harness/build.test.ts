import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildFunction } from '../../harness/build/build.ts';
import { esbuildOptions } from '../../harness/build/options.ts';
import { linkLayerPackages } from '../../harness/lambda/packages.ts';
import { optPath } from '../../harness/lambda/variables.ts';
import { openProject } from '../../harness/template/project.ts';
import { cleanUp, codeOf, edit, sampleFolder } from './sample.ts';

afterEach(cleanUp);

test("SAM's build properties are esbuild's options", async () => {
  const properties = {
    EntryPoints: ['handler.ts'],
    Format: 'esm',
    Target: 'node24',
    Minify: false,
    Sourcemap: true,
    KeepNames: 'true',
    OutExtension: ['.js=.mjs'],
    External: ['sharp'],
    MainFields: 'module,main',
    Banner: ['js=const a = 1; // x=y'],
    Define: ['DEBUG=false'],
    Loader: ['.txt=text'],
  };
  expect(esbuildOptions(properties, 'here')).toEqual({
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: ['node24'],
    minify: false,
    sourcemap: true,
    keepNames: true,
    outExtension: { '.js': '.mjs' },
    external: ['sharp'],
    mainFields: ['module', 'main'],
    banner: { js: 'const a = 1; // x=y' },
    define: { DEBUG: 'false' },
    loader: { '.txt': 'text' },
  });
  expect(esbuildOptions({}, 'here')).toEqual({
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'es2020',
    minify: true,
  });
  expect(await codeOf(() => esbuildOptions({ Minfy: true }, 'here'))).toBe('TEMPLATE_INVALID');
  expect(await codeOf(() => esbuildOptions({ Minify: 'perhaps' }, 'here'))).toBe('TEMPLATE_INVALID');
});

describe('a build', () => {
  test('is made once, and again when something changed', async () => {
    const folder = sampleFolder();
    const build = async (): Promise<Awaited<ReturnType<typeof buildFunction>>> =>
      buildFunction(await openProject(folder));
    const first = await build();
    expect(first).toMatchObject({
      made: true,
      files: expect.arrayContaining(['handler.mjs', 'handler.mjs.map']) as unknown,
    });
    expect(await build()).toEqual({ ...first, made: false });
    edit(folder, 'src/behaviours.ts', (text) => text.replace("'logged'", "'logged again'"));
    const second = await build();
    expect(second.made).toBe(true);
    expect(readFileSync(join(second.folder, 'handler.mjs'), 'utf8')).toContain('logged again');
    edit(folder, 'template.yaml', (text) => text.replace('Minify: true', 'Minify: false'));
    expect((await build()).made).toBe(true);
    expect((await build()).made).toBe(false);
    writeFileSync(join(folder, 'src', 'tsconfig.json'), '{}');
    expect((await build()).made).toBe(true);
  });

  test('that fails keeps the last good one and leaves no half', async () => {
    const folder = sampleFolder();
    const good = await buildFunction(await openProject(folder));
    edit(folder, 'src/handler.ts', (text) => `${text}\nexport const x: = 1;`);
    await expect(openProject(folder).then(buildFunction)).rejects.toMatchObject({
      code: 'BUILD_FAILED',
      trouble: {
        where: expect.stringMatching(/^src\/handler\.ts:\d+:17$/) as unknown,
        what: expect.stringContaining('Unexpected') as unknown,
      },
    });
    expect(existsSync(join(good.folder, 'handler.mjs'))).toBe(true);
    expect(readdirSync(join(folder, '.onnx-lambda', 'build')).filter((name) => name.startsWith('half'))).toEqual([]);
  });

  test('a missing entry point or folder is named', async () => {
    const folder = sampleFolder();
    edit(folder, 'template.yaml', (text) => text.replace('EntryPoints: [handler.ts]', 'EntryPoints: [gone.ts]'));
    expect(await codeOf(async () => buildFunction(await openProject(folder)))).toBe('TEMPLATE_INVALID');
    edit(folder, 'template.yaml', (text) => text.replace('CodeUri: src/', 'CodeUri: gone/'));
    expect(await codeOf(async () => buildFunction(await openProject(folder)))).toBe('TEMPLATE_INVALID');
  });
});

describe("the layers' packages", () => {
  const install = (folder: string, name: string, ...files: string[]): void => {
    for (const file of ['package.json', ...files]) {
      const path = join(folder, 'node_modules', name, file);
      mkdirSync(join(path, '..'), { recursive: true });
      writeFileSync(path, '{"version":"0.0.0"}');
    }
  };
  const linked = async (folder: string): Promise<string> => {
    const links = join(folder, 'links');
    mkdirSync(links);
    expect(linkLayerPackages(await openProject(folder), links)).toBe(links);
    return realpathSync(join(links, 'onnxruntime-node'));
  };
  const binding = `bin/napi-v6/${process.platform}/${process.arch}/x.node`;

  test("are the tool's own where nothing is installed", async () => {
    expect(await linked(sampleFolder())).toMatch(/node_modules\/onnxruntime-node$/);
  });

  test("are the project's where they are installed, the layer's first", async () => {
    const folder = sampleFolder();
    install(folder, 'onnxruntime-node', binding);
    expect(await linked(folder)).toBe(join(folder, 'node_modules/onnxruntime-node'));
    const both = sampleFolder();
    install(both, 'onnxruntime-node', binding);
    install(join(both, 'runtime'), 'onnxruntime-node', binding);
    expect(await linked(both)).toBe(join(both, 'runtime/node_modules/onnxruntime-node'));
  });

  test('a copy made for another system or processor is passed over', async () => {
    const folder = sampleFolder();
    install(join(folder, 'runtime'), 'onnxruntime-node', 'bin/napi-v6/plan9/mips/x.node');
    install(folder, 'onnxruntime-node', binding);
    expect(await linked(folder)).toBe(join(folder, 'node_modules/onnxruntime-node'));
  });

  test("clients of AWS's SDK are there where the function takes them", async () => {
    const folder = sampleFolder();
    await linked(folder);
    expect(existsSync(join(folder, 'links/@aws-sdk'))).toBe(false);
    rmSync(join(folder, 'links'), { recursive: true });
    edit(folder, 'template.yaml', (text) =>
      text.replace('BuildMethod: esbuild', "BuildMethod: esbuild\n      SdkClients: ['@aws-sdk/client-s3']"),
    );
    await linked(folder);
    expect(existsSync(join(folder, 'links/@aws-sdk/client-s3/package.json'))).toBe(true);
  });

  test('one that is nowhere is named', async () => {
    const folder = sampleFolder();
    edit(folder, 'runtime/package.json', (text) => text.replace('onnxruntime-node', 'no-such-package-here'));
    expect(await codeOf(() => linked(folder))).toBe('RUNTIME_MISSING');
  });
});

test('/opt is the folder of the layer that has the file', async () => {
  const folder = sampleFolder();
  const { layers } = (await openProject(folder)).function;
  expect(optPath('/opt/model.txt', layers)).toBe(join(folder, 'model/model.txt'));
  expect(optPath('/opt/not-there', layers)).toBe(join(folder, 'model/not-there'));
  expect(optPath('/optional', layers)).toBe('/optional');
  expect(optPath('see /opt/model.txt', layers)).toBe('see /opt/model.txt');
});
