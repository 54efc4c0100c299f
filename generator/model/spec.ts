/** Element types by the names that onnxruntime uses (ONNX TensorProto.DataType, lower case). */
// prettier-ignore
export const ELEMENT_TYPES = [
  'float32', 'float64', 'float16', 'bfloat16', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'bool', 'string',
] as const;
export type ElementType = (typeof ELEMENT_TYPES)[number];

/** What a graph may declare at its boundary beyond the types that are fed and read: these are cast there. */
export const DECLARED_TYPES = [
  ...ELEMENT_TYPES, 'float8e4m3fn', 'float8e4m3fnuz', 'float8e5m2', 'float8e5m2fnuz', 'float8e8m0', 'int4', 'uint4',
] as const; // prettier-ignore
export type DeclaredType = (typeof DECLARED_TYPES)[number];

/** A fixed size, the name of a symbolic one, or null where the graph says nothing. */
export type Dim = number | string | null;

/** One input or output of the graph: a signature is a list of these for each side. */
export interface TensorSpec {
  readonly name: string;
  readonly elementType: ElementType;
  /** Outermost first; empty for rank 0. */
  readonly dims: readonly Dim[];
  /** What the model's file declares, where a mending casts it to `elementType`. */
  readonly declaredType?: DeclaredType | undefined;
  /** An input of which the graph does not even say the rank: the dims are those of one that works. */
  readonly anyRank?: true | undefined;
}

/** A graph's input or output that is no tensor of one of our element types. */
export interface OtherValue {
  readonly name: string;
  readonly side: 'input' | 'output';
  /** In words: `sequence of maps`, `tensor of float8e5m2`. */
  readonly type: string;
}

/** All that is mended; a module and a row in mendings/table.ts for each. */
export const MENDING_KINDS = [
  'initializers-as-inputs',
  'declared-shapes',
  'locale',
  'zipmap',
  'optional',
  'sequence',
  'map',
  'float16-boundary',
  'float8-boundary',
  'int4-boundary',
  'reserved-name',
] as const;
export type MendingKind = (typeof MENDING_KINDS)[number];

/** One thing that was changed on the copy of the model that is served, and why. */
export interface Mending {
  readonly kind: MendingKind;
  readonly tensor: string;
  readonly why: string;
}

/** What goes into a graph and what comes out of it. */
export interface Signature {
  /** Real inputs only: initializers that are listed as inputs are left out. */
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
  /** Inputs and outputs that are no tensor of ours (sequences, maps, complex numbers …): named, never fed. */
  readonly otherValues: readonly OtherValue[];
  /** Tensors above of which the graph does not even say the rank; their dims are empty. */
  readonly unknownRank: readonly string[];
}

/** What a model file says of itself. Read from the graph without its weights; serialisable as JSON. */
export interface ModelSpec extends Signature {
  /** Absolute path of the file that was read. */
  readonly file: string;
  /** Files with external data, relative to the model's folder. */
  readonly externalData: readonly string[];
  /** Of the model file alone. */
  readonly bytes: number;
  /** Of the files with external data. */
  readonly externalBytes: number;
  /** Of the model file alone, before any mending. */
  readonly sha256: string;
  readonly graphName: string;
  readonly producer: string;
  readonly irVersion: number;
  /** Opset version by domain; the default domain is `ai.onnx`. */
  readonly opsets: Readonly<Record<string, number>>;
  /** How many numbers the model learned: the elements of all initializers. */
  readonly parameters: number;
  /** How often each operator occurs, subgraphs and local functions included, by name; outside the default domain as `domain:Name`. */
  readonly operators: Readonly<Record<string, number>>;
  /** Initializers that the graph lists as inputs too, as files before IR version 4 must. */
  readonly initializersAsInputs: readonly string[];
  /**
   * The operator that makes each output, by output name: what tells logits from probabilities. Operators that only move or
   * retype values (Identity, Cast, Reshape, Flatten, Squeeze …) are looked through.
   */
  readonly madeBy: Readonly<Record<string, string>>;
  /** Outputs that nodes of the graph read too: features or logits on the way to another output. */
  readonly readInside: readonly string[];
  /** metadata_props, plus model_version and doc_string where they are set. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Names of the classes that an output has scores of, in the order of its columns, by output name: from ZipMap and classifiers. */
  readonly classNames: Readonly<Record<string, readonly string[]>>;
  /** What `mendModel` changes on the copy that is served. */
  readonly mendings: readonly Mending[];
  /** The signature after that. */
  readonly served: Signature;
}
