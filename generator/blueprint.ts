import { z } from 'zod';
import { DECLARED_TYPES, ELEMENT_TYPES, MENDING_KINDS } from './model/spec.ts';

/** Saved in every project under this name. */
export const BLUEPRINT_FILE = 'onnx-lambda.yaml';
export const BLUEPRINT_VERSION = 1;

export const STAGES = ['dev', 'stage', 'prod'] as const;
export type StageName = (typeof STAGES)[number];

const Tensor = z.strictObject({
  name: z.string(),
  elementType: z.enum(ELEMENT_TYPES),
  dims: z.array(z.union([z.number().int(), z.string(), z.null()])),
  /** What the model's own file declares, where it is cast to `elementType`. */
  declaredType: z.enum(DECLARED_TYPES).optional(),
});

/**
 * Picture to tensor, in this order: decode, turn upright (EXIF), colours, resize, crop, then per element
 * `(value × rescaleFactor − mean[c]) / std[c]`, values 0…255. The names follow Hugging Face's preprocessor_config.json and torchvision.
 */
export const Preprocessing = z.strictObject({
  /** Size that the model takes, in pixels. */
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  resize: z.discriminatedUnion('kind', [
    /** To width × height, whatever the picture's shape. */
    z.strictObject({ kind: z.literal('stretch') }),
    /**
     * Shorter side to `shortestEdge` pixels (the longer one rounded down), then the middle width × height, half a pixel to the even
     * side; what is missing is black (torchvision's Resize + CenterCrop).
     */
    z.strictObject({ kind: z.literal('crop'), shortestEdge: z.number().int().positive() }),
    /** Inside width × height and in its middle, sizes and offsets rounded half to even, the rest filled with `fill` (Pillow's ImageOps.pad). */
    z.strictObject({ kind: z.literal('pad'), fill: z.number().int().min(0).max(255) }),
  ]),
  resample: z.enum(['nearest', 'bilinear', 'bicubic', 'lanczos']),
  colorOrder: z.enum(['RGB', 'BGR', 'gray']),
  layout: z.enum(['NCHW', 'NHWC']),
  rescaleFactor: z.number(),
  /** One number a channel, in the order of the tensor's channels: for BGR the blue one comes first. */
  mean: z.array(z.number()),
  std: z.array(z.number()),
});
export type Preprocessing = z.infer<typeof Preprocessing>;

const ImageClassification = z.strictObject({
  kind: z.literal('image-classification'),
  input: z.string(),
  output: z.string(),
  /** What the output holds: logits go through softmax. */
  scores: z.enum(['logits', 'probabilities']),
  classes: z.number().int().positive(),
  /** How many predictions are answered where the request does not say. */
  top: z.number().int().positive(),
  preprocessing: Preprocessing,
});

export const Task = z.discriminatedUnion('kind', [ImageClassification]);
export type Task = z.infer<typeof Task>;

export const AUTH = ['iam', 'api-key', 'none'] as const;
export type Auth = (typeof AUTH)[number];

const Stage = z.strictObject({
  auth: z.enum(AUTH),
  /** 12 digits; a deployment with another account's credentials is refused. */
  account: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
  region: z.string().optional(),
});

/** Answers + ModelSpec, validated: all that rendering needs, and all that `update` needs later. */
export const Blueprint = z.strictObject({
  version: z.literal(BLUEPRINT_VERSION),
  /** Version of create-onnx-lambda that wrote it. */
  generator: z.string(),
  /** Lower-case letters, digits and hyphens, starts with a letter, at most 40 characters: it becomes stack and function names. */
  name: z.string(),
  description: z.string(),
  model: z.strictObject({
    /** As answered to clients. */
    name: z.string(),
    version: z.string(),
    /** Relative to the project: `model/model.onnx`. */
    file: z.string(),
    /** Of the file that is served (the mended copy). */
    sha256: z.string(),
    bytes: z.number().int(),
    inputs: z.array(Tensor),
    outputs: z.array(Tensor),
    mendings: z.array(
      z.strictObject({
        kind: z.enum(MENDING_KINDS),
        tensor: z.string(),
        why: z.string(),
      }),
    ),
  }),
  task: Task,
  function: z.strictObject({
    architecture: z.enum(['arm64', 'x86_64']),
    /** MB, 128…10240; 1,769 MB is one vCPU. */
    memory: z.number().int(),
    /** Seconds, 1…900; REST API cuts at 29. */
    timeout: z.number().int(),
    /** Pictures with more pixels than this many millions are answered with 413. */
    megapixels: z.number().positive(),
  }),
  stages: z.strictObject({ dev: Stage, stage: Stage, prod: Stage }),
  packageManager: z.enum(['npm', 'pnpm', 'yarn']),
});
export type Blueprint = z.infer<typeof Blueprint>;
