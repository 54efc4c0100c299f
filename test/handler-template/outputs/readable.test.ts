import { exact } from '../../../handler-template/src/exact.ts';
import { readable } from '../../../handler-template/src/outputs/s3/readable.ts';

const model = { name: 'digits', version: '1' };

test.each<[string, object, string]>([
  [
    'classes',
    { predictions: [{ className: 'seven', probability: 0.99987 }, { className: 'nine', probability: 0.00001 }], model },
    'seven 0.9999\nnine 0.00001000\n',
  ],
  ['boxes', { detections: [{ className: 'cat', score: 0.5, box: [1, 2.25, 3, 4] }], model }, 'cat 0.5000 1 2.2500 3 4\n'],
  ['numbers', { predictions: [[20.1], [31]], model }, '20.1000\n31\n'],
  ['a list of numbers is a line', { predictions: [1, 2], model }, 'predictions 1 2\n'],
  ['nothing found', { detections: [], model }, 'detections\n'],
  ['pairs without a name', [['seven', 99.99], ['nine', 0.01]], 'seven 99.9900\nnine 0.0100\n'],
  ['a message', { message: 'ok', prediction: 24.5 }, 'message ok\nprediction 24.5000\n'],
  ['lines in a class are no lines', { predictions: [{ className: 'a\nb', probability: 1 }] }, 'a b 1\n'],
  ['digits beyond 2^53', { outputs: [{ name: 'y', data: [exact(9_007_199_254_740_993n)] }] }, 'y 9007199254740993\n'],
])('%s', (_, body, text) => {
  expect(readable(body)).toBe(text);
}); // prettier-ignore
