import { describeSignature } from '../../hints/describe.ts';
import { hint } from '../../hints/hint.ts';
import { almostText } from '../../text/input.ts';
import { NO_TASK_SOURCE } from '../task-source.ts';
import type { TaskModule } from '../task.ts';
import { tensorFixtures } from './fixtures.ts';
import { tensorReadme } from './readme.ts';
import type { TensorTask } from './settings.ts';

/** Tensors in, tensors out: any model that the runtime can serve. */
export const tensor: TaskModule<TensorTask> = {
  kind: 'tensor',
  name: 'Inference',
  title: 'tensors in, tensors out, as the Open Inference Protocol has them',
  fit: ({ spec }) => {
    const [strange] = spec.served.otherValues;
    return strange
      ? {
          kind: 'misfit',
          expected: 'inputs and outputs that are tensors',
          got: `${strange.side} ${strange.name} is ${/^[aeiou]/.test(strange.type) ? 'an' : 'a'} ${strange.type}`,
        }
      : { kind: 'fits' };
  },
  guess: (facts) => {
    const signature = describeSignature(facts.inputs, facts.outputs);
    const almost = almostText(facts);
    const why = almost && `It takes tokens and could take texts, but ${almost}.`;
    return {
      kind: 'tensor',
      task: { kind: 'tensor' },
      labels: undefined,
      reasons: [{ field: 'signature', hint: hint(signature, 'graph', why ?? 'Any model fits.') }],
      note: why && `The model is served as tensors. ${why}`,
      hints: {},
    };
  },
  sizeHint: () => undefined,
  questions: [],
  settle: ({ task }) => task,
  answers: () => ({}),
  classes: () => undefined,
  operation: () => undefined,
  fixtures: (_settings, parts) => tensorFixtures(parts),
  readme: (_settings, blueprint, sample) => tensorReadme(blueprint, sample),
  handler: { folders: [], runtime: ['onnxruntime-node'], source: NO_TASK_SOURCE },
};
