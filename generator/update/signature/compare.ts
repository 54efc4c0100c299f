import { STAGES, type Blueprint } from '../../blueprint.ts';
import { predictOf } from '../../dialects/speak.ts';
import { breaking, compatible, type Change } from './change.ts';
import { compareSchemas } from './compare-schemas.ts';
import { compareTensors } from './compare-tensors.ts';

/** All of a project that its clients can see. */
export interface Signature {
  readonly blueprint: Blueprint;
  /** Class names in the order of the scores; undefined where there are none. */
  readonly labels: readonly string[] | undefined;
}

/** What is another for clients of a service, each with a verdict. */
export function compareSignatures(old: Signature, now: Signature): readonly Change[] {
  return [
    ...compareAddress(old.blueprint, now.blueprint),
    ...comparePredict(old.blueprint, now.blueprint),
    ...compareProtocol(old.blueprint, now.blueprint),
    ...compareLabels(old, now),
    ...compareLimits(old.blueprint, now.blueprint),
  ];
}

function compareAddress(old: Blueprint, now: Blueprint): readonly Change[] {
  const name =
    old.name === now.name
      ? []
      : [
          breaking(
            'name of the project',
            `${old.name} → ${now.name}`,
            'the stacks are others: a deployment makes new ones with new addresses, and the old ones stay until they are destroyed',
          ),
        ];
  const auth = STAGES.flatMap((stage): readonly Change[] => {
    const [was, is] = [old.stages[stage].auth, now.stages[stage].auth];
    if (was === is) return [];
    const [at, what] = [`auth of ${stage}`, `${was} → ${is}`];
    return [
      is === 'none'
        ? compatible(at, what, 'anybody may call, with credentials or without')
        : breaking(at, what, 'requests with the old credentials, or with none, are refused'),
    ];
  });
  return [...name, ...auth];
}

function comparePredict(old: Blueprint, now: Blueprint): readonly Change[] {
  const [was, is] = [predictOf(old), predictOf(now)];
  const at = 'POST /predict';
  const task = `${old.task.kind} → ${now.task.kind}`;
  if (!was || !is) {
    if (was) return [breaking(at, `removed (${task})`, 'there is no such route any more')];
    return is ? [compatible(at, `added (${task})`, 'nobody calls it yet')] : [];
  }
  const kind = old.task.kind === now.task.kind ? [] : [breaking(at, task, 'it does something else')];
  return [
    ...kind,
    ...compareTypes(was.request?.bytes, is.request?.bytes, `${at}: request`, 'such bodies are refused'),
    ...compareTypes(was.answer.bytes, is.answer.bytes, `${at}: answer`, 'clients that ask for it do not get it'),
    ...(was.request && is.request
      ? compareSchemas(was.request.schema, is.request.schema, 'request', `${at}: request`)
      : []),
    ...compareSchemas(was.answer.schema, is.answer.schema, 'answer', `${at}: answer`),
  ];
}

function compareTypes(
  old: readonly string[] = [],
  now: readonly string[] = [],
  at: string,
  lost: string,
): readonly Change[] {
  return [
    ...old.filter((type) => !now.includes(type)).map((type) => breaking(at, `no ${type} any more`, lost)),
    ...now.filter((type) => !old.includes(type)).map((type) => compatible(at, `${type} too`, 'nobody asks for it yet')),
  ];
}

function compareProtocol(old: Blueprint, now: Blueprint): readonly Change[] {
  const at = 'Open Inference Protocol';
  const model = `${old.model.name} → ${now.model.name}`;
  if (!old.protocol || !now.protocol) {
    if (old.protocol) return [breaking(at, 'off', 'there is no route below /v2 any more')];
    return now.protocol ? [compatible(at, 'on', 'nobody calls /v2 yet')] : [];
  }
  return [
    ...(old.model.name === now.model.name
      ? []
      : [breaking('name of the model', model, `the routes below /v2/models/${old.model.name} are gone`)]),
    ...compareTensors(old.model.inputs, now.model.inputs, 'request'),
    ...compareTensors(old.model.outputs, now.model.outputs, 'answer'),
  ];
}

function compareLabels(old: Signature, now: Signature): readonly Change[] {
  const [was, is] = [old.labels ?? [], now.labels ?? []];
  if (was.length === 0 || is.length === 0) return []; // Then the task is another, or had no names to count on.
  const [before, after] = [new Set(was), new Set(is)];
  const gone = [...before].filter((label) => !after.has(label));
  const fresh = [...after].filter((label) => !before.has(label));
  const moved = was.filter((label) => after.has(label) && was.indexOf(label) !== is.indexOf(label));
  return [
    ...(gone.length > 0
      ? [breaking('classes', `without ${some(gone)}`, 'clients that wait for them wait for ever')]
      : []),
    ...(fresh.length > 0
      ? [compatible('classes', `with ${some(fresh)} too`, 'clients must expect names that they do not know')]
      : []),
    ...(moved.length > 0 && old.blueprint.protocol && now.blueprint.protocol
      ? [breaking('classes', `in another order: ${some(moved)}`, "the protocol's scores are told by their place")]
      : []),
  ];
}

const some = (labels: readonly string[]): string =>
  labels.slice(0, 5).join(', ') + (labels.length > 5 ? ` and ${labels.length - 5} more` : '');

function compareLimits({ function: old }: Blueprint, { function: now }: Blueprint): readonly Change[] {
  const [was, is] = [old.megapixels, now.megapixels];
  if (was === undefined || is === undefined || was === is) return [];
  const [at, what] = ['largest picture', `${was} → ${is} megapixels`];
  return [
    is < was
      ? breaking(at, what, 'larger ones are refused')
      : compatible(at, what, 'all that was taken is taken still'),
  ];
}
