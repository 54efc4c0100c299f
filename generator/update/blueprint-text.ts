import { isDeepStrictEqual } from 'node:util';
import { isScalar, parseDocument, type Document } from 'yaml';
import type { Blueprint } from '../blueprint.ts';

/**
 * The text of onnx-lambda.yaml for a new Blueprint: comments, order and layout of what was written by hand stay.
 *
 * @param before as it is
 * @param print how a new project's is written
 */
export function blueprintText(before: string, blueprint: Blueprint, print: (value: object) => string): string {
  const document = parseDocument(before, { version: '1.1' });
  const wanted = JSON.parse(JSON.stringify(blueprint)) as Mapping;
  const had = document.toJS() as Mapping;
  if (isDeepStrictEqual(had, wanted)) return before;
  if (before.replaceAll('\r\n', '\n') === print(had)) return print(blueprint);
  for (const { path, value } of changes(had, wanted, [])) {
    if (value === undefined) document.deleteIn(path);
    else setAt(document, path, value);
  }
  return document.toString({ lineWidth: 0, directives: false });
}

/** A scalar keeps its node, and with it the comment beside it. */
function setAt(document: Document, path: readonly string[], value: unknown): void {
  const node = document.getIn(path, true);
  if (isScalar(node) && typeof value !== 'object') node.value = value;
  else document.setIn(path, document.createNode(value));
}

type Mapping = Readonly<Record<string, unknown>>;

interface Change {
  readonly path: readonly string[];
  /** Undefined where the key goes. */
  readonly value: unknown;
}

const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function changes(had: Mapping, wanted: Mapping, at: readonly string[]): Change[] {
  const gone = Object.keys(had).filter((key) => !Object.hasOwn(wanted, key));
  return [
    ...gone.map((key) => ({ path: [...at, key], value: undefined })),
    ...Object.entries(wanted).flatMap(([key, value]): Change[] => {
      const path = [...at, key];
      const before = had[key];
      if (isMapping(before) && isMapping(value)) return changes(before, value, path);
      return isDeepStrictEqual(before, value) ? [] : [{ path, value }];
    }),
  ];
}
