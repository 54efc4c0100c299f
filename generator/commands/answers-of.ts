import { STAGES, type Blueprint } from '../blueprint.ts';
import type { Answers } from '../questions/answers.ts';
import { stageAnswer } from '../questions/stage-questions.ts';
import { moduleOf } from '../tasks/table.ts';

/** The answers that a project was made from, as far as its Blueprint has them: what `blueprintFrom` took, read back. */
export function answersOf(blueprint: Blueprint): Partial<Answers> {
  const { name, description, model, task, protocol, function: lambda, stages, packageManager } = blueprint;
  const { architecture, memory, timeout, megapixels } = lambda;
  const ofStages = STAGES.flatMap((stage) =>
    Object.entries(stages[stage]).map(([field, value]) => [
      stageAnswer(field as keyof Blueprint['stages']['dev'], stage),
      value,
    ]),
  );
  return {
    name,
    description,
    modelName: model.name,
    modelVersion: model.version,
    task: task.kind,
    protocol,
    modelSource: model.source.kind,
    ...(model.source.kind === 's3' && { modelBucket: bucketAnswer(model.source.bucket) }),
    triggers: blueprint.triggers,
    inputs: blueprint.inputs,
    outputs: blueprint.outputs,
    package: blueprint.package.kind,
    dialect: blueprint.dialect,
    architecture,
    memory,
    timeout,
    ...(megapixels !== undefined && { megapixels }),
    packageManager,
    ...(Object.fromEntries(ofStages) as Partial<Answers>),
    ...moduleOf(task).answers(task),
  };
}

/** What --model-bucket was. */
function bucketAnswer(bucket: Extract<Blueprint['model']['source'], { kind: 's3' }>['bucket']): string {
  if (bucket === undefined) return 'shared';
  return bucket.kind === 'existing' ? bucket.name : bucket.kind;
}
