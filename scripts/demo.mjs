// `npm run demo [-- FOLDER]`: the digits service from a model file to answers, on this machine alone, through the two bins that a user has.
// The project is written to demo/digits (or FOLDER), again on every run; what else lies there stays.
import { spawn } from 'node:child_process';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const fixtures = resolve(root, 'fixtures', 'digits');
const project = resolve(process.argv[2] ?? resolve(root, 'demo', 'digits'));

/** A path or word as one types it into a shell here. */
const typed = (word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word}'`);
const near = (path) => {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short || '.';
};

/** Runs one of our bins; what it says goes to the terminal, its answer (stdout) comes back. Ends the demo where it fails. */
async function run(bin, args, cwd, mayFail = false) {
  console.error(`\n$ ${[bin, ...args.map((arg) => typed(arg.startsWith(root) ? near(arg) : arg))].join(' ')}`);
  const started = performance.now();
  const file = resolve(root, 'bin', `${bin}.mjs`);
  const child = spawn(process.execPath, [file, ...args], { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
  const code = await new Promise((done, failed) => child.once('error', failed).once('close', done));
  if (code !== 0 && !mayFail) {
    process.stdout.write(output);
    process.exit(code ?? 1);
  }
  return { output, code, seconds: (performance.now() - started) / 1000 };
}

/** Rows of text in columns as wide as they need to be; columns in `right` end at the same place. */
function columns(rows, right) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  const cell = (text, i) => (right.has(i) ? text.padStart(widths[i]) : text.padEnd(widths[i]));
  return rows.map((row) => `  ${row.map(cell).join('   ').trimEnd()}`).join('\n');
}

const model = resolve(fixtures, 'digits.onnx');
const labels = resolve(fixtures, 'labels.txt');
// For this machine's processor, so that Docker can run it here as well.
const architecture = process.arch === 'arm64' ? 'arm64' : 'x86_64';
const files = ['--model', model, '--labels', labels, '--pictures', fixtures];
const flags = ['--architecture', architecture, '--yes', '--skip-install', '--no-git', '--overwrite'];

const made = await run('create-onnx-lambda', [project, ...files, ...flags], process.cwd());
const tested = await run('onnx-lambda', ['test', '--json'], project, true);
const { results, passed, failed } = JSON.parse(tested.output);

const rows = results.map(({ fixture, got, ms, passed: right, why }) => [
  fixture,
  got?.predictions?.[0]?.className ?? got?.outputs?.map(({ name }) => name).join(', ') ?? '–',
  got?.predictions?.[0]?.probability.toFixed(4) ?? '–',
  ms?.toFixed(1) ?? '–',
  right ? '' : (why ?? 'wrong'),
]);
const start = results.find(({ initMs }) => initMs !== null)?.initMs;
console.log(`\n${columns([['fixture', 'answer', 'probability', 'ms', ''], ...rows], new Set([2, 3]))}\n`);
console.log(
  `${passed} right, ${failed} wrong: made in ${made.seconds.toFixed(1)} s, built and tested in ${tested.seconds.toFixed(1)} s` +
    `${start === undefined ? '' : `, the function starts in ${start.toFixed(0)} ms`}.`,
);
console.log(`
Project: ${project}

Next:
  cd ${typed(near(project))}
  npm install && npm test                     # the same requests, through Jest
  npx onnx-lambda start                       # the API on http://127.0.0.1:3000
  npx onnx-lambda invoke fixtures/seven.png   # one picture
  npx onnx-lambda deploy --stage dev          # to AWS`);
process.exit(tested.code);
