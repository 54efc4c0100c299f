import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { SUPPORTED } from '../../../generator/model/support.ts';
import { Folder } from '../../models/files.ts';
import { here } from '../../models/places.ts';
import { graph, model, node, value } from '../../models/proto.ts';

const folder = new Folder();
afterAll(() => folder.dispose());

function relu(irVersion: number, opset: number): string {
  const main = graph({
    inputs: [value('x', 'float32', [1])],
    outputs: [value('y', 'float32', [1])],
    nodes: [node('Relu', ['x'], ['y'])],
  });
  return folder.model(`${irVersion}-${opset}.onnx`, model(main, { irVersion, opsets: { 'ai.onnx': opset } }));
}

test('the table of what is supported is what onnxruntime-node really takes', async () => {
  const newest = SUPPORTED.opsets['ai.onnx'] as number;
  const files = [
    relu(SUPPORTED.irVersion, newest),
    relu(SUPPORTED.irVersion + 1, newest),
    relu(SUPPORTED.irVersion, newest + 1),
  ];
  const { stdout } = await promisify(execFile)(process.execPath, [here('load.mjs', import.meta.url), ...files]);
  expect(JSON.parse(stdout)).toEqual({ version: '1.30.0', loads: [true, false, false] });
});
