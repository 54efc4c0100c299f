/** test/service.test.mjs: all it does is in the tool, so that it gets better with an update. */
export const SERVICE_TEST = `import { fileURLToPath } from 'node:url';
import { testService } from 'create-onnx-lambda/jest';

testService(fileURLToPath(new URL('..', import.meta.url)));
`;
