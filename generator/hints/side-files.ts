import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** What a file beside the model may tell. */
export type SideRole =
  | 'preprocessor'
  | 'config'
  | 'signature'
  | 'labels'
  | 'features'
  | 'tokenizer'
  | 'tokenizer-config'
  | 'modules'
  | 'pooling'
  | 'sentence-bert';

/** Names of files beside a model that are looked at, surest first. `*` stands for the model's own name without .onnx. */
export const SIDE_FILES: readonly (readonly [name: string, role: SideRole])[] = [
  ['preprocessor_config.json', 'preprocessor'],
  ['config.json', 'config'],
  ['signature.json', 'signature'],
  ['tokenizer.json', 'tokenizer'],
  ['tokenizer_config.json', 'tokenizer-config'],
  ['modules.json', 'modules'],
  ['1_Pooling/config.json', 'pooling'],
  ['sentence_bert_config.json', 'sentence-bert'],
  ['*.labels.txt', 'labels'],
  ['*_labels.txt', 'labels'],
  ['labels.txt', 'labels'],
  ['classes.txt', 'labels'],
  ['class_names.txt', 'labels'],
  ['labels.json', 'labels'],
  ['classes.json', 'labels'],
  ['class_names.json', 'labels'],
  ['id2label.json', 'labels'],
  ['labels.csv', 'labels'],
  ['classes.csv', 'labels'],
  ['imagenet_classes.txt', 'labels'],
  ['synset.txt', 'labels'],
  ['synset_words.txt', 'labels'],
  ['index_to_name.json', 'labels'], // TorchServe's, which others have taken over
  ['feature_names.txt', 'features'],
  ['feature_names.json', 'features'],
  ['features.txt', 'features'],
  ['features.json', 'features'],
  ['features.csv', 'features'],
  ['columns.txt', 'features'],
  ['columns.json', 'features'],
  ['columns.csv', 'features'],
  ['header.csv', 'features'],
  ['*.csv', 'features'],
  ['data.csv', 'features'],
  ['train.csv', 'features'],
];

/** A file beside the model, read. */
export interface SideFile {
  readonly role: SideRole;
  readonly path: string;
  readonly text: string;
}

/** Tokenizers of many languages have some tens of megabytes. */
const LARGEST = 64 << 20;

/** Reads the files of the table that lie beside the model; where it lies in `onnx/`, as Hugging Face has it, in the folder above too. */
export async function readSideFiles(modelFile: string): Promise<SideFile[]> {
  const folder = dirname(modelFile);
  const folders = basename(folder) === 'onnx' ? [folder, dirname(folder)] : [folder];
  const stem = basename(modelFile).replace(/\.onnx$/i, '');
  const found: SideFile[] = [];
  for (const [name, role] of SIDE_FILES) {
    for (const place of folders) {
      const path = join(place, name.replace('*', stem));
      const text = await readSmall(path);
      if (text !== undefined) found.push({ role, path, text });
    }
  }
  return found;
}

async function readSmall(path: string): Promise<string | undefined> {
  const stats = await stat(path).catch(() => undefined);
  if (!stats?.isFile() || stats.size > LARGEST) return undefined;
  return readFile(path, 'utf8').catch(() => undefined);
}

/** A JSON object in a text, or undefined: nobody named the file, so what is broken is passed over. */
export function jsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
