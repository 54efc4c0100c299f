import { z } from 'zod';
import { DECLARED_TYPES, ELEMENT_TYPES, MENDING_KINDS } from './model/spec.ts';
import { Task } from './tasks/settings.ts';

/** Saved in every project under this name. */
export const BLUEPRINT_FILE = 'onnx-lambda.yaml';
export const BLUEPRINT_VERSION = 2;

export const STAGES = ['dev', 'stage', 'prod'] as const;
export type StageName = (typeof STAGES)[number];

const Tensor = z.strictObject({
  name: z.string(),
  elementType: z.enum(ELEMENT_TYPES),
  dims: z.array(z.union([z.number().int(), z.string(), z.null()])),
  /** What the model's own file declares, where it is cast to `elementType`. */
  declaredType: z.enum(DECLARED_TYPES).optional(),
  /** Of which the graph does not say the rank. */
  anyRank: z.literal(true).optional(),
});

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

/** How the model gets to the function: as a layer, or as a versioned object that a starting function fetches. */
const Source = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('layer') }),
  z.strictObject({
    kind: z.literal('s3'),
    /** /tmp in MB, 512…10240: what is fetched has room in it. */
    storage: z.number().int(),
  }),
]);

/** Projects of version 1 are classifiers that answer `/predict` alone. */
function upToDate(value: unknown): unknown {
  const older = value as { version?: unknown } | null;
  return older?.version === 1 ? { ...older, version: BLUEPRINT_VERSION, protocol: false } : value;
}

/** Answers + ModelSpec, validated: all that rendering needs, and all that `update` needs later. */
const Current = z.strictObject({
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
    source: Source.default({ kind: 'layer' }),
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
  /** Whether the service answers the Open Inference Protocol (`/v2/…`) beside its task. */
  protocol: z.boolean(),
  function: z.strictObject({
    architecture: z.enum(['arm64', 'x86_64']),
    /** MB, 128…10240; 1,769 MB is one vCPU. */
    memory: z.number().int(),
    /** Seconds, 1…900; REST API cuts at 29. */
    timeout: z.number().int(),
    /** Pictures with more pixels than this many millions are answered with 413; only where pictures come in. */
    megapixels: z.number().positive().optional(),
  }),
  stages: z.strictObject({ dev: Stage, stage: Stage, prod: Stage }),
  packageManager: z.enum(['npm', 'pnpm', 'yarn']),
});
export const Blueprint = z.preprocess(upToDate, Current);
export type Blueprint = z.infer<typeof Current>;
