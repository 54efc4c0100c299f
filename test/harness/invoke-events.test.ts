import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TRIGGERS, triggerTable } from '../../generator/triggers/table.ts';
import { runBin } from '../rig/bins.ts';
import { createDigits } from '../rig/digits.ts';

/** A bundle is built, and a function started, for each. */
const SLOW = 120_000;

/** Kinds that start no model: nothing comes out of them. */
const PINGS = ['schedule'];

/** By what `invoke` calls them. */
const OUTPUTS = {
  s3: 's3=answers/',
  dynamodb: 'dynamodb',
  sqs: 'sqs',
  eventbridge: 'eventbridge',
  lambda: 'lambda=arn:aws:lambda:us-east-1:123456789012:function:next',
};

const kinds = Object.keys(TRIGGERS);
let root: string;
beforeAll(async () => {
  root = join(mkdtempSync(join(tmpdir(), 'invoke-events-')), 'digits');
  await createDigits(root, ['--trigger', kinds.join(','), '--output', Object.values(OUTPUTS).join(',')]);
}, SLOW);
afterAll(() => rmSync(join(root, '..'), { recursive: true, force: true }));

const invoke = async (...args: string[]): Promise<{ stdout: string; stderr: string; exitCode: number | undefined }> => {
  const { stdout, stderr, exitCode } = await runBin('project', ['invoke', ...args], { cwd: root });
  return { stdout: String(stdout), stderr: String(stderr), exitCode };
};
const bucket = (): string => join(root, '.onnx-lambda/local-aws/s3/OutputBucket/answers');
/** What lies in the bucket for answers. */
const answers = (): { predictions: { className: string }[] }[] => {
  const entries = readdirSync(bucket(), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map(({ parentPath, name }) => JSON.parse(readFileSync(join(parentPath, name), 'utf8')) as never);
};

describe.each(kinds)('--event %s', (kind) => {
  const { answers: to } = triggerTable.of({ kind } as never);

  test('a fixture comes as the trigger would bring it, without AWS, and its answer is where it goes', async () => {
    rmSync(bucket(), { recursive: true, force: true });
    mkdirSync(bucket(), { recursive: true });
    const { stdout, stderr, exitCode } = await invoke('--event', kind, 'fixtures/seven.png');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.stringContaining('REPORT RequestId') });
    JSON.parse(stdout);
    if (PINGS.includes(kind)) return;
    expect(answers().map(({ predictions: [best] }) => best?.className)).toEqual(['seven']);
    expect(stderr).toMatch(/^s3 {2}OutputBucket {2}answers\/.*"className":"seven"/m);
    const told = [...stderr.matchAll(/^(\w+) {2}\S+ {2}\S+ {2}.*seven/gm)].map(([, output]) => output);
    expect(told.sort()).toEqual(Object.keys(OUTPUTS).sort());
    if (to !== 'outputs') expect(stdout).toContain('seven');
  }, SLOW); // prettier-ignore
});

test('an input that can not be read is told as its trigger tells it, and nothing comes out', async () => {
  rmSync(bucket(), { recursive: true, force: true });
  mkdirSync(bucket(), { recursive: true });
  writeFileSync(join(root, 'fixtures/bad.png'), 'no picture');
  const { stdout, exitCode } = await invoke('--event', 's3', 'fixtures/bad.png');
  expect([exitCode, (JSON.parse(stdout) as { errorType: string }).errorType]).toEqual([1, 'UNSUPPORTED_PICTURE']);
  expect(answers()).toEqual([]);
}, SLOW); // prettier-ignore

test.each([
  [['--event', 'nothing-like-it', 'fixtures/seven.png'], 'USAGE'],
  [['--event', '-', 'fixtures/seven.png'], 'USAGE'],
  [['--event', 's3', 'nothing.png'], 'FIXTURE_NOT_FOUND'],
])('%j is refused', async (args, code) => {
  const { exitCode, stderr } = await invoke(...args);
  expect([exitCode, stderr.split(':', 1)[0]]).toEqual([2, code]);
});

test('a kind of trigger that the project has not is refused with those that it has', async () => {
  const plain = join(root, '../plain');
  await createDigits(plain);
  const { exitCode, stderr } = await runBin('project', ['invoke', '--event', 's3', 'fixtures/seven.png'], { cwd: plain });
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^EVENT_INVALID: .*s3[^]*one of rest-api[^]*--trigger rest-api,s3/);
}, SLOW); // prettier-ignore
