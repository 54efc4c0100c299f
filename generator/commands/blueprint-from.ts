import { Blueprint, BLUEPRINT_VERSION, type StageName } from '../blueprint.ts';
import { ToolError } from '../errors.ts';
import type { Answers } from '../questions/answers.ts';
import { moduleOf } from '../tasks/table.ts';
import { refuseLoops } from '../ways/loops.ts';
import type { Learned } from './learn-model.ts';
import { sourceFrom } from './source-from.ts';

/** Where the model is in a project. */
export const MODEL_FILE = 'model/model.onnx';

/** Answers and model as the one value that everything is rendered from. @throws ToolError BLUEPRINT_INVALID, LOOP_REFUSED */
export function blueprintFrom(answers: Answers, learned: Learned, generator: string): Blueprint {
  const { guess } = learned;
  const { mended } = learned.examined;
  const blueprint: Blueprint = {
    version: BLUEPRINT_VERSION,
    generator,
    name: answers.name,
    description: answers.description,
    model: {
      name: answers.modelName,
      version: answers.modelVersion,
      file: MODEL_FILE,
      sha256: mended.sha256,
      source: sourceFrom(answers, learned),
      bytes: mended.size,
      inputs: mended.inputs.map((tensor) => ({ ...tensor, dims: [...tensor.dims] })),
      outputs: mended.outputs.map((tensor) => ({ ...tensor, dims: [...tensor.dims] })),
      mendings: [...mended.mendings],
    },
    task: moduleOf(guess).settle(guess, answers),
    protocol: guess.kind === 'tensor' || answers.protocol,
    function: {
      architecture: answers.architecture,
      memory: answers.memory,
      timeout: answers.timeout,
      ...(answers.megapixels !== undefined && { megapixels: answers.megapixels }),
    },
    triggers: [...answers.triggers],
    inputs: answers.inputs,
    outputs: [...answers.outputs],
    package: { kind: answers.package },
    dialect: answers.dialect,
    stages: stagesFrom(answers),
    packageManager: answers.packageManager,
  };
  const checked = Blueprint.safeParse(blueprint);
  if (checked.success) {
    refuseLoops(checked.data);
    return checked.data;
  }
  throw new ToolError('BLUEPRINT_INVALID', {
    what: 'The answers do not make a project.',
    where: checked.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
  });
}

function stagesFrom(answers: Answers): Blueprint['stages'] {
  const capital = { dev: 'Dev', stage: 'Stage', prod: 'Prod' } as const;
  const one = (stage: StageName): Blueprint['stages']['dev'] => {
    const account = answers[`account${capital[stage]}`];
    const region = answers[`region${capital[stage]}`];
    return {
      auth: answers[`auth${capital[stage]}`],
      ...(account !== undefined && { account }),
      ...(region !== undefined && { region }),
    };
  };
  return { dev: one('dev'), stage: one('stage'), prod: one('prod') };
}
