import type { Blueprint } from '../../blueprint.ts';
import { pictureOperation } from '../../pictures/picture-operation.ts';
import { modelInfo, type JsonSchema, type ObjectSchema } from '../../../swagger/schemas.ts';
import type { Operation } from '../../../swagger/operation.ts';
import { predictResponse } from '../predict-operation.ts';
import { MOST_DETECTIONS } from './defaults.ts';
import type { ObjectDetection } from './settings.ts';

const pixels = (description: string): JsonSchema => ({ description, type: 'number', minimum: 0 });

const box: ObjectSchema = {
  title: 'Box',
  description: "In the picture's own pixels, as it is shown: turned upright.",
  type: 'object',
  required: ['x', 'y', 'width', 'height'],
  additionalProperties: false,
  properties: {
    x: pixels('Of its left side.'),
    y: pixels('Of its top.'),
    width: { type: 'number', minimum: 0 },
    height: { type: 'number', minimum: 0 },
  },
};

const detection: ObjectSchema = {
  title: 'Detection',
  type: 'object',
  required: ['className', 'classId', 'score', 'box'],
  additionalProperties: false,
  properties: {
    className: { type: 'string' },
    classId: { description: 'Place in model/labels.txt, from 0.', type: 'integer', minimum: 0 },
    score: { type: 'number', minimum: 0 },
    box,
  },
};

/** What a request may say beside the picture. */
function limits(settings: ObjectDetection): Readonly<Record<string, JsonSchema>> {
  const { scoreThreshold, iouThreshold, maxDetections, suppression } = settings;
  return {
    scoreThreshold: {
      description: `Detections score more than this; ${scoreThreshold} where it is left out.`,
      type: 'number',
      minimum: 0,
      maximum: 1,
    },
    ...(suppression !== 'none' && {
      iouThreshold: {
        description: `A box that overlaps a better one by more than this (intersection over union) is left out; ${iouThreshold} where it is left out.`,
        type: 'number',
        minimum: 0,
        maximum: 1,
      },
    }),
    maxDetections: {
      description: `How many detections to answer at most; ${maxDetections} where it is left out.`,
      type: 'integer',
      minimum: 1,
      maximum: MOST_DETECTIONS,
    },
  };
}

/** POST /predict of a detector. */
export function detectOperation(settings: ObjectDetection, { model }: Blueprint): Operation {
  const { name, version } = model;
  return pictureOperation({
    summary: 'Find objects in a picture',
    answers: 'Answers with boxes, their classes and scores.',
    fields: limits(settings),
    example: { scoreThreshold: 0.5 },
    answer: {
      description: 'What was found, best first, and the size of the picture',
      example: {
        detections: [
          { className: 'cat', classId: 0, score: 0.92, box: { x: 12.5, y: 40, width: 210.2, height: 180.7 } },
        ],
        width: 640,
        height: 480,
        model: { name, version },
      },
      schema: predictResponse({
        detections: { description: 'Best first.', type: 'array', maxItems: MOST_DETECTIONS, items: detection },
        width: { description: 'Of the picture, upright, in pixels.', type: 'integer', minimum: 1 },
        height: { description: 'Of the picture, upright, in pixels.', type: 'integer', minimum: 1 },
        model: modelInfo,
      }),
    },
  });
}
