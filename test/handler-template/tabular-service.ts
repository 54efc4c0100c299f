import type { Blueprint } from '../../generator/blueprint.ts';
import { examineModel } from '../../generator/tasks/examine.ts';
import { handlerOf, moduleOf } from '../../generator/tasks/table.ts';
import type { Model } from '../../handler-template/src/spec.ts';
import { modelSource } from '../../swagger/model-source.ts';
import { digits } from '../generator/template/blueprints.ts';
import { Service, type Sources } from './service.ts';

/** The handler for a model of tables, as the generator would write it; nothing is said of the model but its task. */
export async function tabularService(file: string, task: 'tabular-classification' | 'tabular-regression', more: Sources = {}): Promise<Service> {
  const { guesses, mended } = await examineModel(file, { task });
  const [guess] = guesses;
  const tensors = (list: typeof mended.inputs): Blueprint['model']['inputs'] => list.map((one) => ({ ...one, dims: [...one.dims] }));
  const blueprint: Blueprint = {
    ...digits,
    model: { ...digits.model, name: 'table', inputs: tensors(mended.inputs), outputs: tensors(mended.outputs) },
    task: guess.task,
    function: { architecture: 'arm64', memory: 1024, timeout: 29 },
  };
  const operation = moduleOf(guess.task).operation(guess.task, blueprint);
  const sources = {
    'model.ts': modelSource(blueprint, operation),
    'task.ts': handlerOf(guess.task).source,
    ...more,
  };
  const service = await Service.of(file, {} as Model, sources);
  if (guess.labels) service.folder.file('labels.txt', guess.labels.value.map((label) => `${label}\n`).join(''));
  return service;
}
