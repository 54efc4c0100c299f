import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Requests to `onnx-lambda start` on loopback: one after another, and many at once from a cold start. */
async function run({ root, folder, quantile, quick }) {
  const project = join(folder, 'served');
  const digits = join(root, 'fixtures/digits');
  const create = [
    'served',
    '--model',
    `${digits}/digits.onnx`,
    '--labels',
    `${digits}/labels.txt`,
    '--pictures',
    digits,
  ];
  execFileSync(
    process.execPath,
    [join(root, 'bin/create-onnx-lambda.mjs'), ...create, '--yes', '--skip-install', '--no-git'],
    {
      cwd: folder,
      stdio: 'pipe',
    },
  );
  const server = spawn(process.execPath, [join(root, 'bin/onnx-lambda.mjs'), 'start', '--port', '0'], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    const [line] = await once(server.stdout, 'data');
    const url = line.toString().trim();
    const body = readFileSync(join(digits, 'seven.png'));
    const predict = async () => {
      const begun = performance.now();
      const response = await fetch(`${url}/predict`, {
        method: 'POST',
        body,
        headers: { 'Content-Type': 'image/png' },
      });
      if (response.status !== 200) throw new Error(`status ${response.status}: ${await response.text()}`);
      await response.arrayBuffer();
      return performance.now() - begun;
    };
    const crowd = await Promise.all(Array.from({ length: 100 }, predict));
    const calm = [];
    for (let i = 0; i < (quick ? 20 : 500); i++) calm.push(await predict());
    const nowhere = [];
    for (let i = 0; i < (quick ? 20 : 500); i++) {
      const begun = performance.now();
      await (await fetch(`${url}/nothing`)).arrayBuffer();
      nowhere.push(performance.now() - begun);
    }
    const row = (what, times) => ({
      what,
      requests: times.length,
      'p50 ms': Number(quantile(times, 0.5).toFixed(1)),
      'p99 ms': Number(quantile(times, 0.99).toFixed(1)),
    });
    return [
      row('100 at once, cold', crowd),
      row('one after another, warm', calm),
      row('the gateway alone (403)', nowhere),
    ];
  } finally {
    server.kill('SIGINT');
    await once(server, 'exit');
  }
}

export default { name: 'serve', about: 'POST /predict on onnx-lambda start', run };
