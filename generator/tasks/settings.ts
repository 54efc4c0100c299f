import { z } from 'zod';
import { ImageClassification } from './image-classification/settings.ts';
import { ImageToImage } from './image-to-image/settings.ts';
import { ObjectDetection } from './object-detection/settings.ts';
import { TextClassification } from './text-classification/settings.ts';
import { TabularClassification } from './tabular-classification/settings.ts';
import { TabularRegression } from './tabular-regression/settings.ts';
import { TextEmbedding } from './text-embedding/settings.ts';
import { TensorTask } from './tensor/settings.ts';

/** What a project keeps of its task: one member a task. */
export const Task = z.discriminatedUnion('kind', [
  ImageClassification,
  ImageToImage,
  ObjectDetection,
  TextClassification,
  TabularClassification,
  TabularRegression,
  TextEmbedding,
  TensorTask,
]);
export type Task = z.infer<typeof Task>;

export type TaskKind = Task['kind'];
export type SettingsOf<Kind extends TaskKind> = Extract<Task, { kind: Kind }>;
