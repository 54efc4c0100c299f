import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { workFolder, writeAtomic } from '../work-folder.ts';

/**
 * Parses a YAML file of a project. What it parsed to is kept under .onnx-lambda/cache, so that the next command need not load the YAML
 * library (60 ms): the key is the sha256 of the file's text, so a changed file is always parsed anew.
 *
 * @throws ToolError YAML_INVALID
 */
export async function readYaml(root: string, file: string): Promise<unknown> {
  const path = join(root, file);
  const text = readFileSync(path, 'utf8');
  const sha256 = createHash('sha256').update(text).digest('hex');
  const cacheFile = join(root, '.onnx-lambda', 'cache', `${basename(file)}.json`);
  const cached = readCache(cacheFile);
  if (cached?.sha256 === sha256) return cached.value;
  const { parseYaml } = await import('../../generator/yaml.ts');
  const value = parseYaml(text, file);
  try {
    workFolder(root, 'cache');
    writeAtomic(cacheFile, JSON.stringify({ sha256, value }));
  } catch {
    // A project that can't be written to is read all the same.
  }
  return value;
}

function readCache(file: string): { sha256: string; value: unknown } | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { sha256: string; value: unknown };
  } catch {
    return undefined;
  }
}
