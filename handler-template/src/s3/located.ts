import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bringModel, type Pinned } from './download.ts';
import { ModelError } from './errors.ts';
import { openObject } from './object.ts';

const VARIABLES = { bucket: 'MODEL_BUCKET', key: 'MODEL_KEY', version: 'MODEL_VERSION_ID', sha256: 'MODEL_SHA256' } as const; // prettier-ignore

/** What the template says of the object. @throws ModelError MODEL_NOT_CONFIGURED */
export function pinnedBy(env: NodeJS.ProcessEnv): Pinned {
  const missing = Object.values(VARIABLES).filter((name) => !env[name]);
  if (missing.length > 0) {
    throw new ModelError('MODEL_NOT_CONFIGURED', `Nothing says where the model is: ${missing.join(', ')} not set.`);
  }
  const of = (name: keyof Pinned): string => env[VARIABLES[name]] ?? '';
  return { bucket: of('bucket'), key: of('key'), version: of('version'), sha256: of('sha256') };
}

async function locate(): Promise<string> {
  // On a developer's machine the model lies in the project.
  if (process.env['MODEL_FILE']) return process.env['MODEL_FILE'];
  const folder = await bringModel(pinnedBy(process.env), tmpdir(), openObject);
  return join(folder, 'model.onnx');
}

/** Path of the model. The download begins here, and goes on while libraries are loaded. */
export const located = locate();
// Whoever awaits it is told; until then it is not unhandled.
located.catch(() => undefined);
