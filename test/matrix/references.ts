/** Every name that a function of CloudFormation refers to. */
export function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref') return [String(inner)];
    if (key === 'Fn::GetAtt') return [(inner as string[])[0] ?? ''];
    if (key === 'Fn::Sub') return [...String(inner).matchAll(/\$\{([^}.!]+)/g)].map(([, name]) => name ?? '');
    return references(inner);
  });
}

/** Every condition that is named. */
export function conditionsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(key === 'Condition' && typeof inner === 'string' ? [inner] : []),
    ...(key === 'Fn::If' ? [String((inner as unknown[])[0])] : []),
    ...conditionsIn(inner),
  ]);
}
