import type { Tensor } from 'onnxruntime-node';
import { answerPictures, type PicturesRequest } from '../../../pictures/child/answer-pictures.ts';
import { lieOf } from '../../../pictures/child/preprocess.ts';
import type { Picture } from '../../../pictures/child/resample.ts';
import type { ObjectDetection } from '../settings.ts';
import { decode, outputsOf, type Raw } from './decode.ts';

export interface DetectionRequest extends PicturesRequest {
  readonly task: ObjectDetection;
  /** By number of the class; empty where nobody names them. */
  readonly labels: readonly string[];
}

export interface Found {
  readonly className: string;
  readonly classId: number;
  readonly score: number;
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

export interface DetectionAnswer {
  readonly width: number;
  readonly height: number;
  /** By the thresholds of the settings. */
  readonly detections: readonly Found[];
  /** The same with a score threshold of 0. */
  readonly faint: readonly Found[];
}

answerPictures<DetectionRequest, DetectionAnswer>(async (ask, { task, labels }, picture) => {
  const outputs: Record<string, Tensor> = {};
  for (const name of outputsOf(task.head)) outputs[name] = await ask(name);
  const { width, height } = task.preprocessing.resize.kind === 'none' ? picture : task.preprocessing;
  const raw = decode(task.head, outputs, { width, height, classes: task.classes });
  const answer = (threshold: number): Found[] =>
    survivors(raw, task, threshold)
      .map((one) => found(one, labels, task, picture))
      .filter(({ box }) => box.width > 0 && box.height > 0);
  return { width: picture.width, height: picture.height, detections: answer(task.scoreThreshold), faint: answer(0) };
});

/** What suppression leaves: of all that are left the best one is taken, and what it covers struck out. */
function survivors(raw: readonly Raw[], task: ObjectDetection, threshold: number): Raw[] {
  const kept: Raw[] = [];
  let left = raw.filter(({ score }) => score > threshold).sort((a, b) => b.score - a.score);
  while (left.length > 0 && kept.length < task.maxDetections) {
    const [best, ...rest] = left as [Raw, ...Raw[]];
    kept.push(best);
    left = rest.filter((other) => !covers(best, other, task));
  }
  return kept;
}

function covers(best: Raw, other: Raw, { suppression, iouThreshold }: ObjectDetection): boolean {
  if (suppression === 'none' || (suppression === 'per-class' && best.classId !== other.classId)) return false;
  const across = Math.max(0, Math.min(best.right, other.right) - Math.max(best.left, other.left));
  const down = Math.max(0, Math.min(best.bottom, other.bottom) - Math.max(best.top, other.top));
  const area = (one: Raw): number => (one.right - one.left) * (one.bottom - one.top);
  const both = across * down;
  return both > 0 && both / (area(best) + area(other) - both) > iouThreshold;
}

/** From the canvas back to the picture, and cut off at its border. */
function found(
  { classId, score, left, top, right, bottom }: Raw,
  labels: readonly string[],
  task: ObjectDetection,
  picture: Picture,
): Found {
  const lie = lieOf(picture, task.preprocessing);
  const [zoomX, zoomY] = [picture.width / lie.width, picture.height / lie.height];
  const clip = (value: number, most: number): number => Math.max(0, Math.min(most, value));
  const x = clip((left - lie.left) * zoomX, picture.width);
  const y = clip((top - lie.top) * zoomY, picture.height);
  const width = clip((right - lie.left) * zoomX, picture.width) - x;
  const height = clip((bottom - lie.top) * zoomY, picture.height) - y;
  return { className: labels[classId] ?? `class_${classId}`, classId, score, box: { x, y, width, height } };
}
