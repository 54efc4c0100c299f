import type { Blueprint } from '../blueprint.ts';

/** The project's own model, which is the mended copy: what the original's file declared is known from when it was mended. */
export function servedModel(old: Blueprint['model'], made: Blueprint['model']): Blueprint['model'] {
  const { name, version } = made;
  if (made.sha256 === old.sha256) return { ...old, name, version, source: made.source };
  const declared = new Map([...old.inputs, ...old.outputs].map((tensor) => [tensor.name, tensor.declaredType]));
  const withDeclared = (tensors: Blueprint['model']['inputs']): Blueprint['model']['inputs'] =>
    tensors.map((tensor) => {
      const declaredType = tensor.declaredType ?? declared.get(tensor.name);
      return { ...tensor, ...(declaredType && { declaredType }) };
    });
  return {
    ...made,
    inputs: withDeclared(made.inputs),
    outputs: withDeclared(made.outputs),
    mendings: [...old.mendings, ...made.mendings],
  };
}
