import { create } from '@bufbuild/protobuf';
import { AttributeProtoSchema, NodeProtoSchema, type AttributeProto, type NodeProto } from './onnx_pb.ts';

const INT = 2; // AttributeProto.type

/** A node of the default domain with attributes that are whole numbers. */
export function nodeOf(parts: {
  readonly name: string;
  readonly opType: string;
  readonly input: string[];
  readonly output: string[];
  readonly ints?: Readonly<Record<string, number>>;
}): NodeProto {
  const { ints = {}, ...rest } = parts;
  const attribute = Object.entries(ints).map(([name, value]) =>
    create(AttributeProtoSchema, { name, type: INT, i: BigInt(value) }),
  );
  return create(NodeProtoSchema, { ...rest, attribute });
}

/** A node's attribute by name. */
export function attributeOf({ attribute }: NodeProto, name: string): AttributeProto | undefined {
  return attribute.find((one) => one.name === name);
}

/** A list of words or whole numbers that one of the attributes holds, as words; empty where none does. */
export function wordsOf(node: NodeProto, names: readonly string[]): string[] {
  for (const name of names) {
    const { strings = [], ints = [] } = attributeOf(node, name) ?? {};
    if (strings.length > 0) return strings.map((bytes) => Buffer.from(bytes).toString());
    if (ints.length > 0) return ints.map(String);
  }
  return [];
}

/** The word that an attribute holds; undefined where the node has no such attribute. */
export function textOf(node: NodeProto, name: string): string | undefined {
  const found = attributeOf(node, name);
  return found && Buffer.from(found.s).toString();
}
