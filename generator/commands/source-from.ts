import type { ModelSource } from '../blueprint.ts';
import { ToolError } from '../errors.ts';
import type { Origin } from '../formats/source.ts';
import type { Answers } from '../questions/answers.ts';
import { storageFor } from '../template/model-source.ts';
import { servedBytes, type Learned } from './learn-model.ts';

type SourceAnswers = Pick<Answers, 'modelSource' | 'modelBucket'>;

/** How the model gets to the function. @throws ToolError MODEL_SOURCE_DOES_NOT_FIT */
export function sourceFrom({ modelSource, modelBucket }: SourceAnswers, learned: Learned): ModelSource {
  if (modelSource === 'layer') return { kind: 'layer' };
  if (modelSource === 'https') return fromWeb(learned);
  const storage = storageFor(servedBytes(learned));
  if (modelBucket === 'shared') return { kind: 's3', storage };
  return {
    kind: 's3',
    storage,
    bucket: modelBucket === 'stack' ? { kind: 'stack' } : { kind: 'existing', name: modelBucket },
  };
}

function fromWeb(learned: Learned): ModelSource {
  const { origin, keptSource } = learned;
  // The project's own model, which is the same as at the address: it was compared when the project was made.
  if (!origin && keptSource?.kind === 'https') return keptSource;
  const why = UNFIT.map((reason) => reason(origin, learned)).find((one) => one !== undefined);
  if (why !== undefined || !origin || origin.format === 'zip') throw unfit(why ?? '', origin);
  const { url, sha256, size, format, member = 'model.onnx', unpacked } = origin;
  return { kind: 'https', url, sha256, bytes: size, format, member, storage: storageFor(unpacked) };
}

/** Parameters of addresses that are signed for somebody, for a time. */
const SIGNED = /[?&](x-amz-|x-goog-|sig=|signature=|token=|key=|expires=|access_token=|awsaccesskeyid=)/i;

/** What a tar's own header has room for. */
const LONGEST = 100;

/** Why a function can't have a model from where it came: the first that says something. */
const UNFIT: readonly ((origin: Origin | undefined, learned: Learned) => string | undefined)[] = [
  (origin) => (origin ? undefined : 'The model did not come from an https address.'),
  (origin) => (origin?.url.startsWith('https://') ? undefined : 'What comes over http could be from anybody.'),
  (origin) => (SIGNED.test(origin?.url ?? '') ? 'The address has a key in it, which ends some day and belongs into no repository.' : undefined),
  (_, { examined: { mended } }) =>
    mended.kind === 'mended'
      ? `What would be served is a mended copy, and not what lies at the address (${mended.mendings.map(({ kind }) => kind).join(', ')}).`
      : undefined,
  (origin) => (origin?.format === 'zip' ? 'A zip can not be unpacked while it comes.' : undefined),
  (origin) => ((origin?.member?.length ?? 0) > LONGEST ? `The model's path in the archive is longer than ${LONGEST} characters.` : undefined),
]; // prettier-ignore

const unfit = (what: string, origin: Origin | undefined): ToolError =>
  new ToolError('MODEL_SOURCE_DOES_NOT_FIT', {
    what,
    where: origin ? origin.url.replace(/[?#].*/, '') : '--model-source https',
    expected: '--model https://HOST/FILE with a model that is served as it is: an .onnx file, a tar or a tar.gz',
    next: '--model-source s3, or layer',
  });
