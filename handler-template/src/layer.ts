import { createRequire } from 'node:module';

/** Loads a native library. The layer is at /opt/nodejs, which only `require` looks at: an ES module's import does not know NODE_PATH. */
export const fromLayer = createRequire(import.meta.url);
