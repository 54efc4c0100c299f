import type { Operation } from '../operation.ts';
import type { NamedSchema } from '../schemas.ts';

/** Each form of a request with the form of its answer, where an operation has them in pairs; the names of their types. */
export function alternatives({ request, answer }: Operation): readonly (readonly [string, string])[] {
  const inputs = request ? titles(request.schema) : [];
  const answers = titles(answer.schema);
  return inputs.length === answers.length ? inputs.map((input, i) => [input, answers[i] ?? ''] as const) : [];
}

function titles(schema: NamedSchema): readonly string[] {
  if (schema.type !== undefined) return [];
  const names = schema.anyOf.flatMap(({ title }) => title ?? []);
  return names.length === schema.anyOf.length ? names : [];
}
