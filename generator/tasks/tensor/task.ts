import { describeSignature } from '../../hints/describe.ts';
import { hint } from '../../hints/hint.ts';
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
          got: `${strange.side} ${strange.name} is a ${strange.type}`,
        }
      : { kind: 'fits' };
  },
  guess: ({ inputs, outputs }) => ({
    kind: 'tensor',
    task: { kind: 'tensor' },
    labels: undefined,
    reasons: [{ field: 'signature', hint: hint(describeSignature(inputs, outputs), 'graph', 'Any model fits.') }],
    hints: {},
  }),
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
