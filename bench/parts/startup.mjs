import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';

/** What telemetry.ts exports, without Powertools: the difference to it is what Powertools costs. */
const SILENT = `
export const logger = {};
export function begin() {}
export function end() {}
export async function timed(step, work) { return work(); }
export function countPrediction() {}
export function countFailure() {}
`;

/** Start-up of the built handler, and what of it is Powertools: each a fresh process, the two kinds in turns. */
async function run({ root, folder, nodes, bundle, quantile, quick }) {
  const src = join(root, 'handler-template/src');
  const silent = join(folder, 'silent');
  cpSync(src, silent, { recursive: true });
  writeFileSync(join(silent, 'telemetry.ts'), SILENT);
  const kinds = [
    { kind: 'telemetry', entry: 'telemetry.ts', runs: quick ? 10 : 200 },
    { kind: 'handler', entry: 'handler.ts', runs: quick ? 5 : 60 },
  ];
  const env = {
    ...process.env,
    NODE_PATH: join(root, 'node_modules'),
    MODEL_FILE: join(root, 'fixtures/digits/digits.onnx'),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1769',
    POWERTOOLS_METRICS_NAMESPACE: 'bench',
  };
  const rows = [];
  for (const { kind, entry, runs } of kinds) {
    const files = { with: join(folder, `${kind}.mjs`), without: join(folder, `${kind}-silent.mjs`) };
    await bundle(join(src, entry), files.with);
    await bundle(join(silent, entry), files.without);
    for (const node of nodes) {
      const took = { with: [], without: [] };
      for (let i = 0; i < runs; i++) {
        for (const way of ['with', 'without']) {
          const script = join(root, 'bench/children/start.mjs');
          took[way].push(JSON.parse(execFileSync(node.path, [script, files[way], kind], { env }).toString()));
        }
      }
      const at = (way, unit, share) =>
        quantile(
          took[way].map((one) => one[unit]),
          share,
        );
      const cost = (unit, share) => at('with', unit, share) - at('without', unit, share);
      const ms = (value) => Number(value.toFixed(1));
      rows.push({
        what: kind === 'handler' ? 'whole function' : 'telemetry.ts',
        node: node.name,
        runs,
        'p50 ms': ms(at('with', 'clock', 0.5)),
        'p99 ms': ms(at('with', 'clock', 0.99)),
        'Powertools p50 ms': ms(cost('clock', 0.5)),
        'Powertools p99 ms': ms(cost('clock', 0.99)),
        'Powertools p50 CPU ms': ms(cost('cpu', 0.5)),
        'Powertools p99 CPU ms': ms(cost('cpu', 0.99)),
        kB: Math.round(statSync(files.with).size / 1000),
        'zipped kB': Math.round(deflateRawSync(readFileSync(files.with)).length / 1000),
      });
    }
  }
  return rows;
}

export default { name: 'startup', about: "the handler's start, and Powertools' part in it (limit: 15 ms)", run };
