import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { mendModel } from '../../../generator/model/mend.ts';
import { probeModel } from '../../../generator/model/probe.ts';
import { readModel } from '../../../generator/model/read.ts';
import type { Served } from '../../../generator/model/served-copy.ts';
import { candidateShapes, layoutOf } from '../../../generator/model/shapes.ts';
import { summarise } from '../../../generator/model/trial.ts';
import { classifier } from '../../models/classifier.ts';
import { endless } from '../../models/endless.ts';
import { Folder } from '../../models/files.ts';

const PROBE = 'child/probe.js';

const folder = new Folder();
afterAll(() => folder.dispose());

async function served(file: string): Promise<Served> {
  const spec = await readModel(file);
  return { spec, mended: await mendModel(spec) };
}

/** Our own child processes that run the probe. */
function probes(): number[] {
  if (process.platform !== 'linux') {
    const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
    const rows = lines.map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line));
    return rows.flatMap((row) =>
      Number(row?.[2]) === process.pid && row?.[3]?.includes(PROBE) ? [Number(row[1])] : [],
    );
  }
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  return children.map(Number).filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(PROBE));
}

async function until<Value>(look: () => Value | undefined): Promise<Value> {
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    await sleep(20);
  }
}

test('a model that never answers is stopped at the deadline', async () => {
  const model = await served(folder.model('endless.onnx', endless()));
  await expect(probeModel(model, { timeout: 3_000 })).rejects.toMatchObject({ code: 'MODEL_DOES_NOT_RUN' });
  expect(probes()).toEqual([]);
});

test('a crash of native code is the model’s fault', async () => {
  const model = await served(folder.model('endless.onnx', endless()));
  const running = expect(probeModel(model, { timeout: 30_000 })).rejects.toMatchObject({
    code: expect.stringMatching(/^MODEL_DOES_NOT_(LOAD|RUN)$/) as string,
    trouble: { what: expect.stringContaining('SIGSEGV') as string },
  });
  process.kill(await until(() => probes()[0]), 'SIGSEGV');
  await running;
});

test('Ctrl-C ends the child and rejects with the reason', async () => {
  const model = await served(folder.model('endless.onnx', endless()));
  const cancel = new AbortController();
  const running = expect(probeModel(model, { signal: cancel.signal })).rejects.toBe('enough');
  await until(() => probes()[0]);
  cancel.abort('enough');
  await running;
  expect(probes()).toEqual([]);
  await expect(probeModel(model, { signal: cancel.signal })).rejects.toBe('enough');
});

test('a mended copy leaves nothing behind', async () => {
  const temporary = (): string[] =>
    readdirSync(tmpdir()).filter((name) => name.startsWith(`onnx-lambda-served-${process.pid}-`));
  await probeModel(await served(folder.model('half.onnx', classifier({ elementType: 'float16' }))));
  expect(temporary()).toEqual([]);
});

test('open sizes: the one that is hinted at is tried first, else the first that works', async () => {
  const open = await served(folder.model('open.onnx', classifier({ size: 'dynamic' })));
  expect(await probeModel(open)).toMatchObject({ inputs: { image: [1, 3, 224, 224] } });
  expect(await probeModel(open, { size: { height: 48, width: 80 } })).toMatchObject({
    inputs: { image: [1, 3, 48, 80] },
  });
});

test('dims that are all open: channels last and one channel are found by trying', async () => {
  const names = ['a', 'b', 'c', 'd'];
  const model = classifier({ size: 'dynamic', layout: 'NHWC', channels: 1 });
  for (const [i, dim] of (model.graph?.input[0]?.type?.value.value as { shape: { dim: { value: object }[] } }).shape.dim.entries()) {
    dim.value = { case: 'dimParam', value: names[i] };
  }
  const { inputs } = await probeModel(await served(folder.model('all-open.onnx', model)));
  expect(inputs['image']?.[3]).toBe(1);
}); // prettier-ignore

test('shapes to try', () => {
  const image = (...dims: (number | string | null)[]) => [{ name: 'x', elementType: 'float32' as const, dims }];
  const first = (...dims: (number | string | null)[]) => candidateShapes(image(...dims))[0]?.['x']?.dims;
  expect(first('N', 3, null, null)).toEqual([1, 3, 224, 224]);
  expect(first(4, 'H', 'W', 3)).toEqual([4, 224, 224, 3]);
  expect(first(null, 1, 28, 28)).toEqual([1, 1, 28, 28]);
  expect(first('N', 12)).toEqual([1, 12]);
  expect(first()).toEqual([]);
  expect(layoutOf([1, 3, 8, 8])).toBe('NCHW');
  expect(layoutOf([1, 8, 8, 1])).toBe('NHWC');
  expect(layoutOf([1, 3, 8, 3])).toBeUndefined();
});

test('what outputs look like', () => {
  expect(summarise([[2, 2]], [[0.5, 0.5, 0.25, 0.75]])).toMatchObject({ sumsToOne: true, range: { min: 0.25, max: 0.75 } });
  expect(summarise([[2, 2]], [[0.5, 0.5, 0.25, 0.5]]).sumsToOne).toBe(false);
  expect(summarise([[1, 2], [1, 2]], [[0.5, 0.5], [-1, 2]]).sumsToOne).toBe(false);
  expect(summarise([[2]], [[0.5, 0.5]]).sumsToOne).toBe(true);
  expect(summarise([[1, 1]], [[1]]).sumsToOne).toBe(false);
  expect(summarise([[1, 3], [1, 2]], [[1, 2, 3], [1, 2]])).toMatchObject({ dims: [1, 3], varies: [1] });
  expect(summarise([[0, 2]], [[]])).toEqual({ dims: [0, 2], varies: [], sumsToOne: false, range: null, ranges: [null] });
  expect(summarise([[1, 2]], [[NaN, 1]])).toMatchObject({ sumsToOne: false, range: null, ranges: [null] });
}); // prettier-ignore
