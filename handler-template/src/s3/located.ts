import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { patienceFrom } from '../remote-model/download.ts';
import { locate } from '../remote-model/locate.ts';
import { settings } from '../remote-model/settings.ts';
import { bringObject } from './bring.ts';
import { openObject, type Pinned } from './object.ts';

const VARIABLES = { bucket: 'MODEL_BUCKET', key: 'MODEL_KEY', version: 'MODEL_VERSION_ID', sha256: 'MODEL_SHA256' } as const; // prettier-ignore

/** What the template says of the object. @throws ModelError MODEL_NOT_CONFIGURED */
export const pinnedBy = (env: NodeJS.ProcessEnv): Pinned => settings(env, VARIABLES);

/** Path of the model in a folder that `deploy` packed. */
async function fetched(env: NodeJS.ProcessEnv): Promise<string> {
  return join(await bringObject(pinnedBy(env), tmpdir(), openObject, patienceFrom(env)), 'model.onnx');
}

/** Path of the model. The download begins here, and goes on while libraries are loaded. */
export const located = locate(fetched);
