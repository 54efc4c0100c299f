import type { Blueprint } from '../blueprint.ts';
import { functionAlarms } from './alarms.ts';
import type { Template } from './cloudformation.ts';
import { functionResources } from './function.ts';
import { layerResources } from './layers.ts';
import { LIMITS } from './limits.ts';
import { partsOf } from './of-blueprint.ts';
import { outputs } from './outputs.ts';
import { conditions, mappings, parameters } from './parameters.ts';

export const TEMPLATE_FILE = 'template.yaml';

/** The SAM template of a project, as a value: it becomes YAML in the last step. */
export function samTemplate(blueprint: Blueprint): Template {
  const parts = partsOf(blueprint);
  const description = cut(blueprint.description, LIMITS.description.max);
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Transform: 'AWS::Serverless-2016-10-31',
    ...(description && { Description: description }),
    Parameters: { ...parameters(blueprint), ...parts.parameters },
    ...(Object.keys(parts.rules).length > 0 && { Rules: parts.rules }),
    Mappings: mappings,
    Conditions: { ...conditions, ...parts.conditions },
    Resources: {
      ...functionResources(blueprint, parts),
      ...layerResources(blueprint),
      ...parts.resources,
      ...functionAlarms(blueprint),
    },
    Outputs: { ...parts.outputs, ...outputs(blueprint) },
  };
}

/** As much of a text as fits into `max` bytes of UTF-8, in whole characters. */
function cut(text: string, max: number): string {
  let bytes = 0;
  let end = 0;
  for (const char of text) {
    bytes += Buffer.byteLength(char);
    if (bytes > max) break;
    end += char.length;
  }
  return text.slice(0, end);
}
