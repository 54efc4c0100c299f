import { dialect } from './dialect.ts';
import { inputs } from './inputs.ts';
import type { ModelInfo } from './model.ts';
import { checkOf } from './schema.ts';
import { model, schemas } from './spec.ts';
import type { Answer, Task } from './task-types.ts';
import { timed } from './telemetry.ts';

export const modelInfo: ModelInfo = { name: model.name, version: model.version };

/** The project's task as POST /predict has it: JSON is checked against the schema, and both sides are as the project's clients know them. */
export function predictTask<Wish>(task: Task<never, Wish>): Task<unknown, Wish> {
  const check = checkOf(schemas.predictRequest ?? {});
  const { example = task.example } = dialect;
  const read = (value: unknown): object => {
    check(value);
    return dialect.toRequest(value as object);
  };
  return {
    ...task,
    example,
    fromJson(value, accept) {
      const request = read(value);
      const carried = inputs?.carried(request, { ...task, example }, read);
      return carried
        ? timed('DownloadTime', () => carried).then((whole) => task.fromJson(whole as never, accept))
        : task.fromJson(request as never, accept);
    },
    toAnswer: async (results, wish) => inDialect(await task.toAnswer(results, wish)),
  };
}

function inDialect(answer: Answer): Answer {
  return answer.kind === 'json' ? { ...answer, body: dialect.toAnswer(answer.body, modelInfo) } : answer;
}
