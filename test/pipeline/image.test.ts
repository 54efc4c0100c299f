import { DescribeImagesCommand, DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { GetBucketVersioningCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { execa } from 'execa';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDigits } from '../rig/digits.ts';
import { describeWith } from '../rig/need.ts';
import { ROOT } from '../rig/paths.ts';
import { samEnv } from '../rig/sam-env.ts';
import { startStandIn, type StandIn } from '../rig/stand-in.ts';
import { codeIn, lookInto } from './run.ts';

jest.setTimeout(10 * 60_000);

const NAME = 'pushed-digits';
const STACK = 'other-digits';

/** Everything but the stand-in's address is as AWS would have it. */
const access = { region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };

describeWith(['sam', 'docker', 'stand-in'], 'pipeline.sh of a project that is a container image', () => {
  let aws: StandIn;
  let folder: string;
  let project: string;
  let ecr: ECRClient;
  let s3: S3Client;
  beforeAll(async () => {
    aws = await startStandIn({ executor: 'docker' });
    ecr = new ECRClient({ ...access, endpoint: aws.endpoint });
    s3 = new S3Client({ ...access, endpoint: aws.endpoint, forcePathStyle: true });
    folder = await mkdtemp(join(tmpdir(), 'onnx lambda pipeline '));
    project = join(folder, NAME);
    await createDigits(project, ['--package', 'image']);
    // As `npm install` would have it.
    await mkdir(join(project, 'node_modules/.bin'), { recursive: true });
    const bin = `#!/bin/sh\nexec "${process.execPath}" "${ROOT}bin/onnx-lambda.mjs" "$@"\n`;
    await writeFile(join(project, 'node_modules/.bin/onnx-lambda'), bin, { mode: 0o755 });
  });
  afterAll(async () => {
    const { stdout } = await execa('docker', ['images', '--format', '{{.Repository}}:{{.Tag}}']);
    const ours = stdout.split('\n').filter((image) => image.includes(NAME));
    await execa('docker', ['image', 'rm', '-f', ...ours], { reject: false });
    await aws.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** The script as a pipeline starts it: from elsewhere, with no terminal. */
  const pipeline = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    execa(join(project, 'pipeline.sh'), args, {
      cwd: folder,
      env: { ...samEnv(aws.env), ...env },
      extendEnv: false,
      reject: false,
      stdin: 'ignore',
    });
  const names = { TEMPLATE_REGISTRY: 'shelf', TEMPLATE_LAMBDA: STACK, PREFIX_LAMBDA: 'packages/digits' };
  const tagsThere = async (): Promise<string[]> => {
    const { imageDetails = [] } = await ecr.send(new DescribeImagesCommand({ repositoryName: `${NAME}-dev` }));
    return imageDetails.flatMap(({ imageTags = [] }) => imageTags);
  };

  test('-p before -r is refused, and says what comes first', async () => {
    const { exitCode, stdout, stderr } = await pipeline(['-p'], names);
    expect({ exitCode, stdout, code: codeIn(stderr) }).toEqual({ exitCode: 3, stdout: '', code: 'REGISTRY_MISSING' });
  });

  test('-s dev -r -p -d: from nothing to a function that answers', async () => {
    const { exitCode, stdout, stderr } = await pipeline(['-s', 'dev', '-r', '-p', '-d'], names);
    expect({ exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ FunctionName: STACK, StageName: 'dev' });
    expect(stderr).toContain('is answered as expected');
    expect(await lookInto(aws).status('shelf')).toBe('CREATE_COMPLETE');
  });

  test('the repository is scanned, encrypted and immutable, and has the image once', async () => {
    const { repositories = [] } = await ecr.send(new DescribeRepositoriesCommand({}));
    expect(repositories).toMatchObject([
      {
        repositoryName: `${NAME}-dev`,
        imageTagMutability: 'IMMUTABLE',
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfiguration: { encryptionType: 'KMS' },
      },
    ]);
    expect(await tagsThere()).toEqual([expect.stringMatching(new RegExp(`^function-[0-9a-f]{12}-${NAME}$`))]);
  });

  test('the bucket is named by project, stage and account, keeps versions, and has the artifacts below the prefix', async () => {
    const Bucket = `${NAME}-dev-000000000000`;
    expect(await s3.send(new GetBucketVersioningCommand({ Bucket }))).toMatchObject({ Status: 'Enabled' });
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
    expect(Contents.length).toBeGreaterThan(0);
    expect(Contents.filter(({ Key }) => !Key?.startsWith('packages/digits/'))).toEqual([]);
  });

  test('-r and -p again change nothing: what is there is not pushed to a tag that can not change', async () => {
    const before = await tagsThere();
    const { exitCode, stdout, stderr } = await pipeline(['-r', '-p'], names);
    expect({ exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, stderr: '' });
    const { artifacts, images, template } = JSON.parse(stdout) as Record<string, string & Record<string, string>>;
    expect(artifacts).toBe(`s3://${NAME}-dev-000000000000/packages/digits`);
    expect(images?.['Function']).toMatch(new RegExp(`^127\\.0\\.0\\.1:\\d+/${NAME}-dev:${before[0] ?? ''}$`));
    expect(await readFile(join(project, template ?? ''), 'utf8')).toContain(images?.['Function'] ?? '-');
    expect(await tagsThere()).toEqual(before);
  });

  test('-d again finds nothing to do', async () => {
    const { exitCode, stdout, stderr } = await pipeline(['-d'], names);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    expect(stderr).toContain('No changes');
  });

  test("another stage's registry is not taken for this one's", async () => {
    const { exitCode, stderr } = await pipeline(['-s', 'prod', '-r'], names);
    expect({ exitCode, code: codeIn(stderr) }).toEqual({ exitCode: 2, code: 'USAGE' });
  });

  test('new code is a new image, and goes by -d alone', async () => {
    const hooks = join(project, 'src/customize.ts');
    await writeFile(hooks, `${await readFile(hooks, 'utf8')}\nconsole.log("changed");\n`);
    const { exitCode, stdout, stderr } = await pipeline(['-d'], names);
    expect({ exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ FunctionName: STACK });
    expect(await tagsThere()).toHaveLength(2);
  });

  test('destroy takes the function and its artifacts away, not the registry', async () => {
    const bin = join(project, 'node_modules/.bin/onnx-lambda');
    const args = [
      'destroy',
      '--stage',
      'dev',
      '--yes',
      '--stack',
      STACK,
      '--registry',
      'shelf',
      '--prefix',
      'packages/digits',
    ];
    const { exitCode } = await execa(bin, args, {
      cwd: project,
      env: samEnv(aws.env),
      extendEnv: false,
      stdin: 'ignore',
    });
    expect(exitCode).toBe(0);
    expect(await lookInto(aws).status(STACK)).toBeUndefined();
    expect(await lookInto(aws).status('shelf')).toBe('CREATE_COMPLETE');
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: `${NAME}-dev-000000000000` }));
    expect(Contents).toEqual([]);
  });
});
