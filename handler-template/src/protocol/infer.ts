import { ServiceError } from '../errors.ts';
import { parse } from '../exact.ts';
import { checkElements } from '../limits.ts';
import type { Model } from '../spec.ts';
import type { Task } from '../task-types.ts';
import type { Results } from '../tensors.ts';
import { datatypeOf } from './datatypes.ts';
import { inferWish, type InferWish } from './request.ts';
import { runFailed } from './run-failed.ts';
import { valuesOf } from './values.ts';

/**
 * The model as it is: tensors in, tensors out.
 *
 * @example { "inputs": [{ "name": "x", "shape": [1, 2], "datatype": "FP32", "data": [1, 2] }] }
 *   → { "model_name": "m", "model_version": "1", "outputs": [{ "name": "y", "datatype": "FP32", "shape": [1], "data": [3] }] }
 */
export function inferTask(model: Model): Task<unknown, InferWish> {
  return {
    example: '{"inputs": [{"name": …, "shape": […], "datatype": …, "data": […]}]}',
    contentTypes: [],
    parse,
    fromJson: (request) => inferWish(request, model),
    toFeeds: ({ feeds }) => feeds,
    outputs: ({ outputs }) => outputs.map(({ name }) => name),
    runFailed: (cause, { differing: [differing] }) => runFailed(cause, differing),
    toAnswer: (results, wish) => ({ kind: 'json', body: answerOf(results, wish, model) }),
  };
}

function answerOf(results: Results, { id, outputs }: InferWish, { name, version }: Model): object {
  checkElements(outputs.reduce((sum, { name: output }) => sum + (results.get(output)?.data.length ?? 0), 0));
  const tensors = outputs.map((spec) => {
    const result = results.get(spec.name);
    if (!result) throw new ServiceError('RESULT_UNEXPECTED', 'The model did not answer with what was asked for.');
    return { name: spec.name, datatype: datatypeOf(spec), shape: result.dims, data: valuesOf(result) };
  });
  return { model_name: name, model_version: version, ...(id !== undefined && { id }), outputs: tensors };
}
