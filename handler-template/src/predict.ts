import { inputs } from './inputs.ts';
import type { ModelInfo } from './model.ts';
import { checkOf } from './schema.ts';
import { model, schemas } from './spec.ts';
import type { Answer, Task } from './task-types.ts';
import { timed } from './telemetry.ts';

export const modelInfo: ModelInfo = { name: model.name, version: model.version };

/** The project's task as POST /predict has it: JSON is checked against the schema, and what is answered names the model. */
export function predictTask<Wish>(task: Task<never, Wish>): Task<unknown, Wish> {
  const check = checkOf(schemas.predictRequest ?? {});
  return {
    ...task,
    fromJson(value, accept) {
      check(value);
      const carried = inputs?.carried(value as object, task, check);
      return carried
        ? timed('DownloadTime', () => carried).then((request) => task.fromJson(request as never, accept))
        : task.fromJson(value as never, accept);
    },
    toAnswer: async (results, wish) => withModel(await task.toAnswer(results, wish)),
  };
}

function withModel(answer: Answer): Answer {
  return answer.kind === 'json' ? { ...answer, body: { ...answer.body, model: modelInfo } } : answer;
}
