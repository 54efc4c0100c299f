// Plain JavaScript, since the bench takes it too.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const modules = fileURLToPath(new URL('../../../node_modules/', import.meta.url));

/** What a child process needs to find the native libraries, as a layer's NODE_PATH on Lambda. */
export const NODE_PATH = modules;

/** Bundles as `sam build` does with the template's settings; native libraries stay outside. */
export async function bundle(entry, outfile) {
  const settings = ['--bundle', '--platform=node', '--format=esm', '--target=es2023', '--minify', '--log-level=warning'];
  const outside = ['--external:onnxruntime-node', '--external:sharp'];
  const args = [`${modules}esbuild/bin/esbuild`, entry, ...settings, ...outside, `--outfile=${outfile}`];
  await promisify(execFile)(process.execPath, args, { env: { ...process.env, NODE_PATH } });
}
