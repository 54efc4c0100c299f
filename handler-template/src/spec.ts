import * as generated from './model.ts';
import type { ElementType } from './tensors.ts';

export interface TensorSpec {
  readonly name: string;
  /** What is fed or read at run time. */
  readonly elementType: ElementType;
  /** What the model's own file says, where its boundary was cast because JavaScript or the runtime can't carry the type. */
  readonly declaredType?: string;
  /** A fixed size, the name of a symbolic one, or null where the graph says nothing. */
  readonly dims: readonly (number | string | null)[];
  /** Of which the graph does not even say the rank: dims are those of one that works. */
  readonly anyRank?: boolean;
}

export interface Model {
  readonly name: string;
  readonly version: string;
  /** What is asked of the model; the settings are those of src/tasks/<kind>/. */
  readonly task: { readonly kind: string };
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
  readonly limits: {
    /** Pictures with more millions of pixels are refused. */
    readonly megapixels?: number;
  };
  /** Whether the Open Inference Protocol is served too. */
  readonly protocol: boolean;
}

/** JSON Schemas of the API's bodies; a project without a task of its own has no predict. */
export interface Schemas {
  readonly predictRequest?: object;
  readonly predictResponse?: object;
  readonly error: object;
  readonly health: object;
}

/** What model.ts says, by the types that the rest of the code works with. */
export const model: Model = generated.model;
export const schemas: Schemas = generated.schemas;

/** @throws Error where the model has no such input */
export function inputOf({ inputs }: Pick<Model, 'inputs'>, name: string): TensorSpec {
  const spec = inputs.find((tensor) => tensor.name === name);
  if (!spec) throw new Error(`The model has no input ${name}`);
  return spec;
}
