import { basename } from 'node:path';
import { hint } from './hint.ts';
import { namesFromValue } from './label-values.ts';
import { parseLabels } from './labels.ts';
import { jsonObject, type SideFile } from './side-files.ts';
import type { LabelsHint, ModelFacts } from '../tasks/task.ts';

/** Keys of a model's metadata that hold class names, as JSON, as Python prints it, or with commas or line ends between them. */
const METADATA_KEYS = ['names', 'labels', 'classes', 'class_names', 'id2label', 'label_names'];

/**
 * Class names from beside the model or in it. Nobody named these places, so what does not have one name a class is passed over.
 *
 * @param classes how many the model has; the first names that are found where it does not say
 */
export function findLabels({ sideFiles, spec }: ModelFacts, classes?: number): LabelsHint | undefined {
  const fits = (names: readonly string[] | undefined): names is readonly string[] =>
    names !== undefined && (classes === undefined || names.length === classes);
  for (const file of sideFiles) {
    const names = quietly(() => namesInFile(file));
    if (fits(names)) return hint(names, 'side-file', `${basename(file.path)} lies beside the model.`);
  }
  for (const [key, text] of Object.entries(spec.metadata)) {
    if (!METADATA_KEYS.includes(key.toLowerCase())) continue;
    const names = quietly(() => namesInMetadata(text, classes));
    if (fits(names)) return hint(names, 'metadata', `The model's metadata has ${key}.`);
  }
  return undefined;
}

function namesInFile({ role, text, path }: SideFile): string[] | undefined {
  if (role === 'labels') return parseLabels(text, path);
  if (role !== 'config') return undefined;
  const config = jsonObject(text);
  return (
    namesFromValue(config?.['id2label']) ??
    namesFromValue(config?.['label_names']) ??
    namesFromValue((config?.['pretrained_cfg'] as { label_names?: unknown } | undefined)?.label_names)
  );
}

function namesInMetadata(text: string, classes: number | undefined): string[] {
  const names = parseLabels(text, 'metadata');
  if (names.length !== 1 || classes === 1) return names;
  return text.split(text.includes(';') ? ';' : ',').map((name) => name.trim());
}

function quietly(names: () => string[] | undefined): string[] | undefined {
  try {
    return names();
  } catch {
    return undefined;
  }
}
