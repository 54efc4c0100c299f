import { ToolError } from '../../generator/errors.ts';
import type { Project } from '../template/project.ts';
import type { Front, FrontKind, GatewayOptions } from './front.ts';
import { Gateway } from './gateway.ts';
import { httpApiFront, urlFront } from './http-gateway.ts';

/** What the project's template has, in its order. */
const OPENERS: Readonly<
  Record<FrontKind, (project: Project, options: GatewayOptions) => Front | Promise<Front> | undefined>
> = {
  'rest-api': (project, options) => project.api && Gateway.open(project, options),
  'http-api': (project, options) => project.httpApi && httpApiFront(project.httpApi, project, options),
  'function-url': (project, options) => project.url && urlFront(project.url, project, options),
};

/**
 * What takes HTTP requests: the kind that is wanted, or the first that the template has; undefined where it has none and none is wanted.
 *
 * @throws ToolError USAGE for a kind that the project does not have, TEMPLATE_INVALID, YAML_INVALID
 */
export async function openFront(
  project: Project,
  options: GatewayOptions,
  wanted?: string,
): Promise<Front | undefined> {
  const kind = wanted === undefined ? project.fronts[0] : project.fronts.find((one) => one === wanted);
  if (kind !== undefined) return OPENERS[kind](project, options);
  if (wanted === undefined) return undefined;
  throw new ToolError('USAGE', {
    what: `This project has no trigger ${JSON.stringify(wanted)} that speaks HTTP.`,
    where: '--trigger',
    expected: project.fronts.join(', ') || 'a project with rest-api, http-api or function-url',
  });
}
