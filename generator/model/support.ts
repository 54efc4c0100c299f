import { ToolError } from '../errors.ts';
import type { ModelProto } from './onnx_pb.ts';
import { domainOf, operatorName, walkNodes } from './graph.ts';

/** What onnxruntime-node 1.30 takes on a CPU; a test asks the real one whether this is still so. */
export const SUPPORTED = {
  runtime: 'onnxruntime-node 1.30',
  irVersion: 13,
  /** Newest opset by domain; operators of other domains are custom ones. */
  opsets: { 'ai.onnx': 26, 'ai.onnx.ml': 5, 'com.microsoft': 1, 'com.microsoft.nchwc': 1 } as Readonly<
    Record<string, number>
  >,
} as const;

/** Domains whose version the runtime checks against its own newest. */
const VERSIONED = ['ai.onnx', 'ai.onnx.ml'];

/**
 * Refuses a model that the runtime can't load for what it says of itself.
 *
 * @throws ToolError MODEL_TOO_NEW, MODEL_CUSTOM_OPERATOR
 */
export function checkSupport(model: ModelProto, file: string): void {
  const irVersion = Number(model.irVersion);
  if (irVersion > SUPPORTED.irVersion) {
    throw new ToolError('MODEL_TOO_NEW', {
      what: `The model has IR version ${irVersion}; ${SUPPORTED.runtime} reads up to ${SUPPORTED.irVersion}.`,
      where: file,
      expected: `IR version ${SUPPORTED.irVersion} or older`,
      next: `Save it anew with an older onnx package, or in Python: model.ir_version = ${SUPPORTED.irVersion}`,
    });
  }
  for (const { domain, version } of model.opsetImport) {
    const newest = SUPPORTED.opsets[domainOf(domain)];
    if (newest === undefined || !VERSIONED.includes(domainOf(domain)) || Number(version) <= newest) continue;
    throw new ToolError('MODEL_TOO_NEW', {
      what: `The model uses opset ${version} of ${domainOf(domain)}; ${SUPPORTED.runtime} knows up to ${newest}.`,
      where: file,
      expected: `opset ${newest} or older`,
      next: `Export it with opset_version=${newest}, or use onnx.version_converter.convert_version(model, ${newest}).`,
    });
  }
  const custom = customOperators(model);
  if (custom.length === 0) return;
  throw new ToolError('MODEL_CUSTOM_OPERATOR', {
    what: `The model uses ${custom.length === 1 ? 'an operator' : 'operators'} that ${SUPPORTED.runtime} does not have: ${custom.join(', ')}.`,
    where: file,
    expected: `operators of the domains ${Object.keys(SUPPORTED.opsets).join(', ')}`,
    next: 'Export the model without custom operators, or as a graph of standard ones.',
  });
}

/** Names of operators from domains that the runtime does not have and the model does not define itself. */
export function customOperators(model: ModelProto): string[] {
  const own = new Set(model.functions.map((fn) => operatorName(fn.domain, fn.name)));
  const names = new Set<string>();
  for (const node of walkNodes(model)) {
    const name = operatorName(node.domain, node.opType);
    if (!(domainOf(node.domain) in SUPPORTED.opsets) && !own.has(name)) names.add(name);
  }
  return [...names].sort();
}
