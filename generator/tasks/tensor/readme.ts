import type { Blueprint } from '../../blueprint.ts';
import { describeTensor } from '../../hints/describe.ts';
import type { Sample } from '../../render/fixtures.ts';
import { quoted } from '../../render/shell.ts';
import type { ReadmeParts } from '../task.ts';

/** The README's words on a service of tensors. */
export function tensorReadme({ model }: Blueprint, sample: Sample): ReadmeParts {
  const list = (tensors: Blueprint['model']['inputs']): string =>
    tensors.map((tensor) => `\`${describeTensor(tensor).replaceAll('`', "'")}\``).join(', ');
  return {
    does: 'answer tensors with what the model makes of them',
    curl: `--data-binary @fixtures/${quoted(sample.file)} -H 'Content-Type: application/json'`,
    api: `The service speaks the [Open Inference Protocol](https://kserve.github.io/website/docs/concepts/architecture/data-plane/v2-protocol) alone.
Errors are \`{"message", "code", "error"}\`: 400 for a request that is not understood, 413 for one that is too large, 422 for tensors that do not fit the model.`,
    about: `Inputs: ${list(model.inputs)}. Outputs: ${list(model.outputs)}.`,
  };
}
