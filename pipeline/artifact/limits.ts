import { ToolError } from '../../generator/errors.ts';
import type { Template } from '../project.ts';

/** Lambda's limit on function and layers together, unzipped, in bytes. */
export const UNZIPPED_LIMIT = 262_144_000;
/** Lambda's limit on a zip that is uploaded without S3, in bytes. Ours go through S3; the function should stay far below. */
export const ZIP_LIMIT = 52_428_800;
/** Lambda's limit on all environment variables together, in bytes. */
const ENVIRONMENT_LIMIT = 4_096;

interface Range {
  readonly path: readonly string[];
  readonly min: number;
  readonly max: number;
  readonly unit: string;
}

/** Numbers of a function that `sam validate --lint` lets pass and Lambda refuses. */
const RANGES: readonly Range[] = [
  { path: ['Timeout'], min: 1, max: 900, unit: 's' },
  { path: ['MemorySize'], min: 128, max: 10_240, unit: 'MB' },
  { path: ['EphemeralStorage', 'Size'], min: 512, max: 10_240, unit: 'MB' },
];

const RUNTIMES = /^(nodejs(18|20|22|24)\.x|provided\.al2(023)?)$/;

const at = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);

/**
 * Holds a template against Lambda's limits: one line a violation, none where all is well. Values that only
 * CloudFormation knows (parameters, conditions) are not judged.
 */
export function limitViolations(template: Template): string[] {
  const globals = at(template, ['Globals', 'Function']);
  return Object.entries(template.Resources)
    .filter(([, resource]) => resource.Type === 'AWS::Serverless::Function')
    .flatMap(([id, resource]) => {
      const value = (path: readonly string[]): unknown => at(resource.Properties, path) ?? at(globals, path);
      return [...ranges(id, value), ...runtime(id, value), ...environment(id, globals, resource.Properties)];
    });
}

const ranges = (id: string, value: (path: readonly string[]) => unknown): string[] =>
  RANGES.flatMap(({ path, min, max, unit }) => {
    const number = value(path);
    if (typeof number !== 'number' || (number >= min && number <= max)) return [];
    return [`${id}: ${path.join('.')} is ${number} ${unit}, Lambda takes ${min} to ${max} ${unit}`];
  });

const runtime = (id: string, value: (path: readonly string[]) => unknown): string[] => {
  const name = value(['Runtime']);
  return typeof name !== 'string' || RUNTIMES.test(name) ? [] : [`${id}: Lambda has no runtime ${name}`];
};

const environment = (id: string, globals: unknown, properties: unknown): string[] => {
  const path = ['Environment', 'Variables'];
  const variables = { ...(at(globals, path) as object | undefined), ...(at(properties, path) as object | undefined) };
  const bytes = Object.entries(variables)
    .map(([key, text]) => Buffer.byteLength(key) + (typeof text === 'string' ? Buffer.byteLength(text) : 0))
    .reduce((sum, size) => sum + size, 0);
  return bytes <= ENVIRONMENT_LIMIT
    ? []
    : [`${id}: ${bytes} bytes of environment variables, Lambda takes ${ENVIRONMENT_LIMIT}`];
};

/** @throws ToolError TEMPLATE_INVALID with every violation */
export function checkLimits(template: Template, file: string): void {
  const [first, ...others] = limitViolations(template);
  if (first === undefined) return;
  throw new ToolError('TEMPLATE_INVALID', { what: [first, ...others].join('\n  '), where: file });
}
