import { z } from 'zod';
import { BUCKET_NAME } from './bucket-name.ts';
import { DIALECTS } from './dialects/names.ts';
import { DECLARED_TYPES, ELEMENT_TYPES, MENDING_KINDS } from './model/spec.ts';
import { Output } from './outputs/table.ts';
import { AUTH } from './stages.ts';
import { Task } from './tasks/settings.ts';
import { Trigger } from './triggers/table.ts';

/** Saved in every project under this name. */
export const BLUEPRINT_FILE = 'onnx-lambda.yaml';
export const BLUEPRINT_VERSION = 3;

export { STAGES, type Auth, type StageName } from './stages.ts';

const Tensor = z.strictObject({
  name: z.string(),
  elementType: z.enum(ELEMENT_TYPES),
  dims: z.array(z.union([z.number().int(), z.string(), z.null()])),
  /** What the model's own file declares, where it is cast to `elementType`. */
  declaredType: z.enum(DECLARED_TYPES).optional(),
  /** Of which the graph does not say the rank. */
  anyRank: z.literal(true).optional(),
});

const Stage = z.strictObject({
  auth: z.enum(AUTH),
  /** 12 digits; a deployment with another account's credentials is refused. */
  account: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
  region: z.string().optional(),
});

/** How the model gets to the function: as a layer, or as a versioned object or a file on the web that a starting function fetches. */
const Source = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('layer') }),
  z.strictObject({
    kind: z.literal('s3'),
    /** /tmp in MB, 512…10240: what is fetched has room in it. */
    storage: z.number().int(),
    /** Left out: one bucket of the tool's for all projects of an account and region. */
    bucket: z
      .discriminatedUnion('kind', [
        /** One for each stage, made and destroyed with it. */
        z.strictObject({ kind: z.literal('stack') }),
        z.strictObject({ kind: z.literal('existing'), name: z.string().regex(BUCKET_NAME) }),
      ])
      .optional(),
  }),
  z.strictObject({
    kind: z.literal('https'),
    url: z.string().regex(/^https:\/\/\S+$/),
    /** Of what is at the address, as are the bytes: another one is never loaded. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    bytes: z.number().int(),
    format: z.enum(['file', 'tar', 'tar.gz']),
    /** The model's path in an archive; the name that a file gets. */
    member: z.string(),
    storage: z.number().int(),
  }),
]);
export type ModelSource = z.infer<typeof Source>;

/** Requests that name their data instead of carrying it. */
const Inputs = z.strictObject({
  /** `https://…` anywhere on the internet. */
  https: z.boolean(),
  /** `s3://…` in these buckets, or below these prefixes of them: `bucket`, `bucket/prefix`. */
  s3: z.array(z.string()),
});

/** What is deployed: a zip with layers, or a container image that has it all inside. */
const Package = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('zip') }),
  z.strictObject({ kind: z.literal('image') }),
]);

/** What projects of earlier versions have not: version 1 are classifiers that answer `/predict` alone, up to 2 all are REST APIs. */
const ADDED: Readonly<Record<number, object>> = { 1: { protocol: false }, 2: {} };

function upToDate(value: unknown): unknown {
  const older = value as { version?: unknown } | null;
  const added = ADDED[Number(older?.version)];
  return added ? { ...added, ...older, version: BLUEPRINT_VERSION } : value;
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
  /** What starts the function; a direct invoke always does. */
  triggers: z.array(Trigger).default([{ kind: 'rest-api' }]),
  inputs: Inputs.default({ https: false, s3: [] }),
  /** Where answers go, besides to who waits for them. */
  outputs: z.array(Output).default([]),
  package: Package.default({ kind: 'zip' }),
  /** How requests name their fields, and the shape of answers. */
  dialect: z.enum(DIALECTS).default('standard'),
  stages: z.strictObject({ dev: Stage, stage: Stage, prod: Stage }),
  packageManager: z.enum(['npm', 'pnpm', 'yarn']),
});
export const Blueprint = z.preprocess(upToDate, Current);
export type Blueprint = z.infer<typeof Current>;
