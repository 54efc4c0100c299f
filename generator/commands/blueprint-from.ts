import { Blueprint, BLUEPRINT_VERSION, type Preprocessing, type StageName } from '../blueprint.ts';
import { ToolError } from '../errors.ts';
import type { Answers } from '../questions/answers.ts';
import type { Learned } from './learn-model.ts';

/** Where the model is in a project. */
export const MODEL_FILE = 'model/model.onnx';

/** Answers and model as the one value that everything is rendered from. @throws ToolError BLUEPRINT_INVALID */
export function blueprintFrom(answers: Answers, learned: Learned, generator: string): Blueprint {
  const { mended, guess } = learned.examined;
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
      bytes: mended.size,
      inputs: mended.inputs.map((tensor) => ({ ...tensor, dims: [...tensor.dims] })),
      outputs: mended.outputs.map((tensor) => ({ ...tensor, dims: [...tensor.dims] })),
      mendings: [...mended.mendings],
    },
    task: {
      kind: answers.task,
      input: guess.task.input,
      output: guess.task.output,
      scores: answers.scores,
      classes: guess.task.classes,
      top: answers.top,
      preprocessing: preprocessingFrom(answers),
    },
    function: {
      architecture: answers.architecture,
      memory: answers.memory,
      timeout: answers.timeout,
      megapixels: answers.megapixels,
    },
    stages: stagesFrom(answers),
    packageManager: answers.packageManager,
  };
  const checked = Blueprint.safeParse(blueprint);
  if (checked.success) return checked.data;
  throw new ToolError('BLUEPRINT_INVALID', {
    what: 'The answers do not make a project.',
    where: checked.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
  });
}

function preprocessingFrom(answers: Answers): Preprocessing {
  const [width, height] = answers.size;
  const resizes: { readonly [Kind in Preprocessing['resize']['kind']]: Preprocessing['resize'] } = {
    stretch: { kind: 'stretch' },
    crop: { kind: 'crop', shortestEdge: answers.shortestEdge },
    pad: { kind: 'pad', fill: answers.fill },
  };
  const { resample, colorOrder, layout, rescaleFactor } = answers;
  const [mean, std] = [[...answers.mean], [...answers.std]];
  return { width, height, resize: resizes[answers.resize], resample, colorOrder, layout, rescaleFactor, mean, std };
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
