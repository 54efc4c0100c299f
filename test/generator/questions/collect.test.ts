import type { Given } from '../../../generator/questions/collect.ts';
import { checkGiven, collect } from '../../../generator/questions/collect.ts';
import type { Context, ModelHints, PictureHints } from '../../../generator/questions/context.ts';
import { callerOf, mayAsk } from '../../../generator/questions/mode.ts';
import { spread } from '../../../generator/questions/stage-questions.ts';
import { afterTask, ANSWER_NAMES, BEFORE_MODEL } from '../../../generator/questions/table.ts';

const start: Context = { answers: {}, cwd: '/home/me', packageManager: 'pnpm' };
const picture: PictureHints = {
  fixed: { size: [undefined, undefined], layout: undefined, channels: undefined, bytes: false },
  preprocessing: {},
  likely: undefined,
};
const unknown: ModelHints = {
  modelName: 'resnet',
  modelVersion: undefined,
  classes: undefined,
  hasLabels: false,
  picture,
  tasks: ['image-classification', 'tensor'],
  does: 'Image classification',
  memory: 3008,
  tooLarge: { arm64: undefined, x86_64: undefined },
  scores: undefined,
};

/** Which questions a person is asked, and what comes out when all defaults are taken. */
async function asked(hints: ModelHints, given: Given = {}): Promise<{ names: string[]; context: Context }> {
  const names: string[] = [];
  const first: Context = { ...start, answers: { dir: 'my api', model: 'm/resnet.onnx' }, hints };
  const context = await collect(afterTask('image-classification'), given, first, (question, now) => {
    names.push(question.flag.split(' ')[0] ?? '');
    return Promise.resolve(question.fallback(now));
  });
  return { names, context };
}

test('what is missing is one error that names every missing flag', async () => {
  await expect(collect(BEFORE_MODEL, {}, start, undefined)).rejects.toMatchObject({
    code: 'ANSWERS_MISSING',
    exitCode: 2,
    trouble: { what: expect.stringMatching(/DIR.*--model/) as string },
  });
});

test('what is wrong is one error that names every wrong flag', () => {
  const wrong = (): void => checkGiven({ name: ';rm', timeout: '901', memory: '64' }, start);
  expect(wrong).toThrow(expect.objectContaining({ code: 'ANSWER_INVALID', exitCode: 2 }) as Error);
  try {
    wrong();
  } catch (error) {
    const { where } = (error as { trouble: { where: string } }).trouble;
    for (const flag of ['--name', '--timeout', '--memory']) expect(where).toContain(flag);
  }
});

test('nobody is asked: defaults fill every answer', async () => {
  const { answers } = await collect(
    ANSWER_NAMES,
    { dir: 'x', model: 'm.onnx' },
    { ...start, hints: unknown },
    undefined,
  );
  // prettier-ignore
  expect(answers).toEqual({
    dir: 'x', model: 'm.onnx', name: 'x', description: 'Image classification with m.onnx on AWS Lambda', task: 'image-classification',
    modelName: 'resnet', modelVersion: '1', size: [224, 224], resize: 'crop', shortestEdge: 256, fill: 0, resample: 'bilinear',
    colorOrder: 'RGB', layout: 'NCHW', rescaleFactor: 1 / 255, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225], scores: 'logits',
    top: 5, suppression: 'per-class', scoreThreshold: 0.25, iouThreshold: 0.45, maxDetections: 100,
    modelSource: 'layer', modelBucket: 'shared', memory: 3008, timeout: 29, architecture: 'arm64', megapixels: 24, authDev: 'iam', authStage: 'iam', authProd: 'iam',
    protocol: true, triggers: [{ kind: 'rest-api' }], inputs: { https: false, s3: [] }, outputs: [], package: 'zip', dialect: 'standard',
    packageManager: 'pnpm', git: true, install: true, pictures: [],
  });
});

test('of a model that says nothing, all of its preprocessing is asked', async () => {
  const { names } = await asked(unknown);
  // prettier-ignore
  expect(names).toEqual([
    '--name', '--description', '--labels', '--scores', '--size', '--color-order', '--layout', '--resize', '--shortest-edge', '--resample',
    '--rescale-factor', '--mean', '--std', '--pictures', '--trigger', '--memory', '--architecture', '--auth-dev', '--auth-stage', '--auth-prod',
    '--package-manager', '--git', '--install',
  ]);
});

test('what the model says is not asked, and is the answer', async () => {
  const preprocessing = {
    width: 96,
    height: 64,
    resize: { kind: 'pad', fill: 114 },
    resample: 'bicubic',
    colorOrder: 'BGR',
    layout: 'NHWC',
    rescaleFactor: 1,
  } as const;
  const figures = { mean: [1, 2, 3], std: [4, 5, 6] };
  const { names, context } = await asked({
    ...unknown,
    hasLabels: true,
    scores: 'probabilities',
    picture: { ...picture, preprocessing: { ...preprocessing, ...figures } },
  });
  const general = /name|description|pictures|trigger|memory|arch|auth|package|git|install/;
  expect(names.filter((name) => !general.test(name))).toEqual([]);
  const { resize, width, height, ...same } = preprocessing;
  expect(context.answers).toMatchObject({
    ...same,
    ...figures,
    size: [width, height],
    resize: resize.kind,
    fill: 114,
    scores: 'probabilities',
  });
});

test('a flag is not asked again, and wins over what the model says', async () => {
  const { names, context } = await asked({ ...unknown, scores: 'logits' }, { scores: 'probabilities', memory: '512' });
  expect(names).not.toContain('--memory');
  expect(context.answers).toMatchObject({ scores: 'probabilities', memory: 512 });
});

test('a model that takes bytes gets them as they are', async () => {
  const { context } = await asked({ ...unknown, picture: { ...picture, fixed: { ...picture.fixed, bytes: true } } });
  expect(context.answers).toMatchObject({ rescaleFactor: 1, mean: [0, 0, 0], std: [1, 1, 1] });
});

describe('flags for several stages', () => {
  test('one value is for all', () =>
    expect(spread('auth', 'api-key')).toEqual({
      kind: 'spread',
      given: { authDev: 'api-key', authStage: 'api-key', authProd: 'api-key' },
    }));
  test('some by name', () =>
    expect(spread('account', 'dev=111111111111,prod=222222222222')).toEqual({
      kind: 'spread',
      given: { accountDev: '111111111111', accountProd: '222222222222' },
    }));
  test('an open prod API has to be named', () => {
    expect(spread('auth', 'none').kind).toBe('refused');
    expect(spread('auth', 'prod=none')).toEqual({ kind: 'spread', given: { authProd: 'none' } });
  });
  test.each(['qa=iam', 'dev=iam,dev=none', 'dev=', 'dev=iam,', 'dev=a=b'])('%j is refused', (text) =>
    expect(spread('auth', text).kind).toBe('refused'),
  );
});

describe('whether a person may be asked', () => {
  const tty = { isTTY: true } as never;
  const pipe = {} as never;
  test.each([
    ['two terminals', tty, tty, {}, false, true],
    ['CI', tty, tty, { CI: 'true' }, false, false],
    ['CI that is switched off', tty, tty, { CI: 'false' }, false, true],
    ['a flag', tty, tty, {}, true, false],
    ['input from a pipe', pipe, tty, {}, false, false],
    ['nobody sees stderr', tty, pipe, {}, false, false],
  ])('%s', (_, stdin, stderr, env, flags, may) => expect(mayAsk({ stdin, stderr, env }, flags)).toBe(may));
});

test.each([
  ['npm/11.0.0 node/v20.20.0 linux x64 workspaces/false', { packageManager: 'npm' }],
  ['pnpm/10.4.0 npm/? node/v20.20.0 linux x64', { packageManager: 'pnpm' }],
  ['yarn/1.22.22 npm/? node/v20.20.0 linux x64', { packageManager: 'yarn' }],
  ['bun/1.2.0 npm/? node/v22 linux x64', { packageManager: 'npm', unsupported: 'bun' }],
  [undefined, { packageManager: 'npm' }],
])('started by %j', (userAgent, caller) => expect(callerOf(userAgent)).toEqual(caller));

describe('a project that is there already', () => {
  const kept = { memory: 512, size: [64, 64], description: 'Mine' } as const;
  const again = (hints: ModelHints, given: Given = {}) =>
    collect(afterTask('image-classification'), given, { ...start, hints, kept }, undefined);

  test('keeps its answers, and a flag overrules them', async () => {
    const { answers } = await again(unknown, { memory: '1024' });
    expect(answers).toMatchObject({ memory: 1024, size: [64, 64], description: 'Mine', timeout: 29 });
  });

  test('an answer that does not fit the model any more gives way', async () => {
    const fixed = { ...picture.fixed, size: [128, 128] as const };
    const { answers } = await again({ ...unknown, picture: { ...picture, fixed } });
    expect(answers.size).toEqual([128, 128]);
  });
});

describe('where the model comes from', () => {
  const large = { ...unknown, tooLarge: { arm64: undefined, x86_64: 'it is too large' } };
  const flags = { architecture: 'x86_64' } as const;

  test('is only asked where a layer is too small, and S3 is what happens by itself', async () => {
    const { names, context } = await asked(large, flags);
    expect(names).toContain('--model-source');
    expect(context.answers.modelSource).toBe('s3');
    const roomy = await asked(large, { architecture: 'arm64' });
    expect(roomy.names).not.toContain('--model-source');
    expect(roomy.context.answers.modelSource).toBe('layer');
  });

  test('a layer that is too small is refused, S3 can always be had', async () => {
    await expect(asked(large, { ...flags, modelSource: 'layer' })).rejects.toMatchObject({
      code: 'ANSWER_INVALID',
      trouble: { where: expect.stringContaining('--model-source') as string },
    });
    expect((await asked(unknown, { modelSource: 's3' })).context.answers.modelSource).toBe('s3');
  });

  test.each(['shared', 'stack', 'my-models'])('in S3 it may be in the bucket %s', async (modelBucket) => {
    expect((await asked(unknown, { modelSource: 's3', modelBucket })).context.answers.modelBucket).toBe(modelBucket);
  });

  test.each([
    [{ modelSource: 's3', modelBucket: 'My_Models' }],
    [{ modelSource: 's3', modelBucket: 's3://models' }],
    [{ modelSource: 'layer', modelBucket: 'stack' }],
  ])('%j is refused', async (given) => {
    await expect(asked(unknown, given)).rejects.toMatchObject({ code: 'ANSWER_INVALID' });
  });
});
