// Measures what the project claims, and prints a table a part: npm run bench [-- NAME …] [-- --quick]
// A part is a file in parts/ whose default export is { name, about, run(tools) }; run answers the rows of its table.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundle } from '../handler-template/test/support/bundle.mjs';
import { nodes, quantile, root } from './tools.mjs';

const { positionals, values } = parseArgs({ allowPositionals: true, options: { quick: { type: 'boolean' } } });
const folder = mkdtempSync(join(tmpdir(), 'onnx-lambda-bench-'));

try {
  console.log(`${cpus()[0]?.model ?? 'unknown CPU'} × ${cpus().length}, ${process.platform} ${process.arch}`);
  const files = readdirSync(join(import.meta.dirname, 'parts')).filter((file) => file.endsWith('.mjs'));
  for (const file of files.sort()) {
    const { default: part } = await import(`./parts/${file}`);
    if (positionals.length > 0 && !positionals.includes(part.name)) continue;
    console.log(`\n${part.name}: ${part.about}`);
    console.table(await part.run({ root, folder, nodes: nodes(), bundle, quantile, quick: values.quick ?? false }));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
