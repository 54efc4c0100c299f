import { spawnSync } from 'node:child_process';
import { closeSync, copyFileSync, ftruncateSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** `onnx-lambda inspect --no-run` on a model of 200 MB and on one of 46 kB, the same graph: the difference is what the weights cost. */
async function run({ root, folder, quantile, quick }) {
  const small = join(root, 'fixtures/digits/digits.onnx');
  const large = join(folder, 'large.onnx');
  withWeights(small, large, 200e6);
  const rows = [];
  for (const file of [small, large]) {
    const runs = Array.from({ length: quick ? 1 : 15 }, () => inspect(root, file));
    rows.push({
      'model MB': Number((statSync(file).size / 1e6).toFixed(1)),
      runs: runs.length,
      's p50': quantile(
        runs.map(({ seconds }) => seconds),
        0.5,
      ),
      's CPU p50': quantile(
        runs.map(({ cpu }) => cpu),
        0.5,
      ),
      'peak MB': quantile(
        runs.map(({ peak }) => peak),
        0.5,
      ),
    });
  }
  return rows;
}

function inspect(root, file) {
  const start = performance.now();
  const args = ['--import', `data:text/javascript,${encodeURIComponent(REPORT)}`, join(root, 'bin/onnx-lambda.mjs')];
  const { status, stderr } = spawnSync(process.execPath, [...args, 'inspect', file, '--no-run', '--json'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return { seconds: Number(((performance.now() - start) / 1000).toFixed(2)), ...JSON.parse(stderr.trim().split('\n').at(-1)) };
} // prettier-ignore

/** Of the command's own process: VmHWM, since maxRSS counts its parent's too. */
const REPORT = `
import { readFileSync } from 'node:fs';
process.on('exit', () => {
  const [, kilobytes] = /VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8')) ?? [0, 0];
  const { user, system } = process.cpuUsage();
  console.error(JSON.stringify({ cpu: Number(((user + system) / 1e6).toFixed(2)), peak: Math.round(kilobytes / 1024) }));
});`;

/** The model with one more initializer of so many bytes that nothing reads: protobuf's fields of one message may come in two pieces. */
function withWeights(from, to, bytes) {
  copyFileSync(from, to);
  const raw = [...tag(9, 2), ...varint(bytes)];
  const tensor = [...tag(1, 0), ...varint(bytes / 4), ...tag(2, 0), 1, ...tag(8, 2), 3, ...Buffer.from('big'), ...raw];
  const initializer = [...tag(5, 2), ...varint(tensor.length + bytes)];
  const graph = [...tag(7, 2), ...varint(initializer.length + tensor.length + bytes)];
  const fd = openSync(to, 'r+');
  const head = Buffer.from([...graph, ...initializer, ...tensor]);
  const size = statSync(from).size;
  writeSync(fd, head, 0, head.length, size);
  ftruncateSync(fd, size + head.length + bytes);
  closeSync(fd);
}

const tag = (field, type) => varint((field << 3) | type);

function varint(value) {
  const bytes = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return [...bytes, left];
    bytes.push((left % 128) + 128);
  }
}

export default { name: 'inspect', about: '`inspect --no-run`: time and memory do not grow with the weights', run };
