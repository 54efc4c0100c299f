// Runs Jest on native ES modules; arguments go through to it. The last line says `N passed, N failed`, whatever else is printed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const jest = fileURLToPath(new URL('../node_modules/jest/bin/jest.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'onnx-lambda-test-'));
const report = join(folder, 'report.txt');
const args = ['--experimental-vm-modules', '--no-warnings=ExperimentalWarning', jest, ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, args, {
  stdio: 'inherit',
  env: { ...process.env, ONNX_LAMBDA_TEST_REPORT: report },
});
const ended = existsSync(report);
console.log(ended ? readFileSync(report, 'utf8') : 'Jest ended without a result.\n0 passed, 1 failed');
rmSync(folder, { recursive: true, force: true });
process.exit(ended ? (status ?? 1) : status || 1);
