import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Bytes to the pixels that a model of 224 × 224 sees; decoding is a part of it. */
async function run({ root, folder, nodes, bundle, quick }) {
  const script = join(folder, 'pictures.mjs');
  await bundle(join(root, 'bench/children/pictures.ts'), script);
  const env = { ...process.env, NODE_PATH: join(root, 'node_modules') };
  return nodes.flatMap(({ name, path }) =>
    JSON.parse(execFileSync(path, [script, quick ? '2' : '9'], { env }).toString()).map((row) => ({
      node: name,
      ...row,
    })),
  );
}

export default { name: 'pictures', about: 'preprocessing, median of 9', run };
