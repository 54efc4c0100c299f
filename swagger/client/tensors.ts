import type { Blueprint } from '../../generator/blueprint.ts';
import { datatypeOf } from '../protocol.ts';
import { comment, literal, propertyName } from '../typescript.ts';

type Tensor = Blueprint['model']['inputs'][number];

const isOpen = (dim: Tensor['dims'][number]): boolean => typeof dim !== 'number';

/** The client's types of `infer`: one property a tensor, its values by datatype, its shape by rank and fixed sizes. */
export function tensorTypes({ inputs, outputs }: Blueprint['model']): string {
  return `${tensors('The inputs of `infer`.', 'InferInputs', 'Input', inputs)}
${tensors('The outputs of `infer`.', 'InferOutputs', 'Output', outputs)}
export interface InferOptions<Name extends keyof InferOutputs> extends CallOptions {
  /** Which outputs are wanted; all where it is left out. */
  readonly outputs?: readonly Name[] | undefined;
  /** Comes back with the answer. */
  readonly id?: string | undefined;
}

export interface InferResult<Name extends keyof InferOutputs> {
  readonly modelName: string;
  readonly modelVersion: string;
  readonly id: string | undefined;
  readonly outputs: Pick<InferOutputs, Name>;
}

${facts('INPUTS', inputs)}

${facts('OUTPUTS', outputs)}
`;
}

function tensors(says: string, title: string, type: 'Input' | 'Output', list: readonly Tensor[]): string {
  const lines = list.map((tensor) => {
    const { name, dims } = tensor;
    const names = dims.some((dim) => typeof dim === 'string') ? `[${dims.map((dim) => dim ?? '?').join(', ')}]` : '';
    const doc = names && comment({ description: names }, '  ');
    return `${doc}  readonly ${propertyName(name)}: ${type}<'${datatypeOf(tensor)}', ${shapeType(tensor)}>;\n`;
  });
  return `/** ${says} */\nexport interface ${title} {\n${lines.join('')}}\n`;
}

const shapeType = ({ dims, anyRank }: Tensor): string =>
  anyRank ? 'readonly number[]' : `readonly [${dims.map((dim) => (isOpen(dim) ? 'number' : dim)).join(', ')}]`;

function facts(name: string, list: readonly Tensor[]): string {
  const value = list.map((tensor) => ({
    name: tensor.name,
    datatype: datatypeOf(tensor),
    shape: tensor.dims.map((dim) => (isOpen(dim) ? -1 : dim)),
  }));
  const start = `const ${name}: readonly TensorFacts[] = `;
  return `${start}${literal(value, '', start.length)};`;
}
