// Which of the given models onnxruntime-node loads, outside of Jest. Prints { version, loads }.
import { createRequire } from 'node:module';
import { InferenceSession } from 'onnxruntime-node';

const loads = [];
for (const file of process.argv.slice(2)) {
  const session = InferenceSession.create(file, { logSeverityLevel: 4 });
  loads.push(
    await session.then(
      () => true,
      () => false,
    ),
  );
}
const { version } = createRequire(import.meta.url)('onnxruntime-node/package.json');
process.stdout.write(JSON.stringify({ version, loads }));
