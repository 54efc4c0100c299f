import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Wall time of whole commands on the digits service, nothing installed in it. */
async function run({ root, folder, quantile, quick }) {
  const project = join(folder, 'digits');
  const digits = join(root, 'fixtures/digits');
  const bin = (name) => join(root, 'bin', `${name}.mjs`);
  const node = (args, cwd = project) => {
    const begun = performance.now();
    execFileSync(process.execPath, args, { cwd, stdio: 'pipe' });
    return performance.now() - begun;
  };
  const create = ['--model', `${digits}/digits.onnx`, '--labels', `${digits}/labels.txt`, '--pictures', digits];
  node([bin('create-onnx-lambda'), 'digits', ...create, '--yes', '--skip-install', '--no-git'], folder);
  const first = node([bin('onnx-lambda'), 'invoke', 'fixtures/seven.png']);
  const runs = quick ? 5 : 30;
  const kinds = {
    'node -e 0, for comparison': ['-e', '0'],
    'onnx-lambda --version': [bin('onnx-lambda'), '--version'],
    'onnx-lambda invoke, warm build': [bin('onnx-lambda'), 'invoke', 'fixtures/seven.png'],
    'onnx-lambda test, 12 fixtures': [bin('onnx-lambda'), 'test'],
  };
  const seconds = (ms) => Number((ms / 1000).toFixed(3));
  const rows = Object.entries(kinds).map(([what, args]) => {
    const times = Array.from({ length: runs }, () => node(args));
    return { what, runs, 'p50 s': seconds(quantile(times, 0.5)), 'p90 s': seconds(quantile(times, 0.9)) };
  });
  return [
    { what: 'onnx-lambda invoke, first build', runs: 1, 'p50 s': seconds(first), 'p90 s': seconds(first) },
    ...rows,
  ];
}

export default {
  name: 'invoke',
  about: 'commands on this machine, whole wall time (limit of a warm invoke: 0.35 s)',
  run,
};
