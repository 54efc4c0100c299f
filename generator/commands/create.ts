import { basename, resolve } from 'node:path';
import { planProject } from '../create.ts';
import { ToolError } from '../errors.ts';
import { openSource } from '../formats/open-source.ts';
import type { Source } from '../formats/source.ts';
import type { Command, Io } from '../io.ts';
import type { Answers } from '../questions/answers.ts';
import { assumed } from '../questions/assumed.ts';
import { checkGiven, checkMeant, collect, type Ask } from '../questions/collect.ts';
import type { Context } from '../questions/context.ts';
import { callerOf, mayAsk } from '../questions/mode.ts';
import { modelFileQuestion } from '../questions/model-file-question.ts';
import { afterTask, BEFORE_MODEL } from '../questions/table.ts';
import { flagsOf } from '../recipes/answers.ts';
import { toolAt } from '../render/tool.ts';
import { withRecord } from '../update/record.ts';
import { realDisk } from '../write/disk.ts';
import { startRepository } from '../write/git.ts';
import { install } from '../write/install.ts';
import { checkTarget, type Target } from '../write/target.ts';
import { writeProject } from '../write/write-project.ts';
import { examineModel } from '../tasks/examine.ts';
import { blueprintFrom } from './blueprint-from.ts';
import type { CreateOptions } from './create-flags.ts';
import { dryRun, nextSteps, summary, type Created, type Installed } from './create-report.ts';
import { makeFixtures } from './make-fixtures.ts';
import { labelsFor } from './labels.ts';
import { warnings } from './conclude.ts';
import { concluded, guessFor, hintsFrom, type Learned } from './learn-model.ts';
import { besideFiles, modelFiles } from './model-files.ts';
import { progressOn, type Progress } from './progress.ts';
import { wishes } from './wishes.ts';

/**
 * `create-onnx-lambda DIR`: answers, model, plan, then one write. Until the write nothing is changed anywhere.
 *
 * @throws ToolError for all that is refused; nothing is left behind then
 */
export const create: Command<CreateOptions> = async (options, io) => {
  const progress = progressOn(io);
  const ask = mayAsk(io, options.decided) ? await prompter(io) : undefined;
  const start = startContext(io, progress);
  if (options.recipe) progress.note(`Recipe ${options.recipe.name}: ${flagsOf(options.recipe).join(' ')}`);
  checkGiven(options.given, start);
  const first = await collect(BEFORE_MODEL, options.given, start, ask);
  const dir = resolve(io.cwd, first.answers.dir ?? '.');
  const target = await checkTarget(dir, options.overwrite, realDisk);
  const pick = ask && ((models: readonly string[]) => progress.aside(() => askWhich(models, ask, start)));
  const source = await progress.during('Opening the model', () =>
    openSource(first.answers.model ?? '', { ...io, ...options.choose, pick }),
  );
  if (source.note !== undefined) progress.note(source.note);
  try {
    return await createFrom(source, { options, io, progress, ask, start, first, dir, target });
  } finally {
    await source.dispose();
  }
};

interface Begun {
  readonly options: CreateOptions;
  readonly io: Io;
  readonly progress: Progress;
  readonly ask: Ask | undefined;
  readonly start: Context;
  readonly first: Context;
  readonly dir: string;
  readonly target: Target;
}

/** The rest, with the model on this machine. */
async function createFrom(source: Source, begun: Begun): Promise<number> {
  const { options, io, progress, ask, start, first, dir, target } = begun;
  const { modelFile, modelName, sideFiles } = source;
  const examined = await progress.during('Reading and trying the model', () =>
    examineModel(modelFile, { signal: io.signal, sideFiles, ...wishes(options.given, start) }),
  );
  const withTask = await collect(
    ['task'],
    options.given,
    { ...first, hints: hintsFrom(examined, examined.guesses[0], modelName) },
    ask,
  );
  const { origin } = source;
  const learned = { examined, guess: guessFor(examined, withTask.answers.task), origin };
  if (learned.guess.note !== undefined && options.given.task === undefined) progress.note(learned.guess.note);
  checkMeant(options.given, learned.guess.kind);
  const asked = await collect(
    afterTask(learned.guess.kind),
    options.given,
    { ...withTask, hints: hintsFrom(examined, learned.guess, modelName) },
    ask,
  );
  const answers = asked.answers as Answers;
  const plan = await progress.during('Running the model on the fixtures', () => makePlan(answers, learned, io));
  if (options.dryRun) {
    io.stdout.write(dryRun(plan.files, options));
    return 0;
  }
  const written = await progress.during(`Writing ${basename(dir)}`, () =>
    writeProject(plan.files, target, { signal: io.signal }),
  );
  const { packageManager } = plan.blueprint;
  try {
    const installed = answers.install
      ? await installNow(dir, packageManager, io, progress)
      : { kind: 'skipped' as const };
    await written.keep();
    const repository = answers.git ? await startRepository(dir, io) : { kind: 'skipped' as const, why: 'not wanted' };
    const taken = ask ? [] : assumed(options.given, asked);
    const told = warnings(concluded(learned), answers);
    return report({ ...plan, dir, installed, repository, assumed: taken, warnings: told }, options, io);
  } catch (error) {
    await written.undo();
    throw io.signal.aborted
      ? new ToolError('CANCELLED', { what: 'Cancelled; nothing was kept.' }, { cause: error })
      : error;
  }
}

/** Which of several models is meant. */
async function askWhich(models: readonly string[], ask: Ask, context: Context): Promise<string> {
  return (await ask(modelFileQuestion(models), context)) ?? (models[0] as string);
}

async function prompter(io: Io): Promise<Ask> {
  const { promptOn } = await import('../questions/prompt.ts');
  return promptOn(io);
}

function startContext(io: Io, progress: Progress): Context {
  const { packageManager, unsupported } = callerOf(io.env['npm_config_user_agent']);
  if (unsupported) progress.note(`${unsupported} is not supported in projects; this one is for npm.`);
  return { answers: {}, cwd: io.cwd, packageManager };
}

async function makePlan(
  answers: Answers,
  learned: Learned,
  io: Io,
): Promise<Pick<Created, 'blueprint' | 'fixtures' | 'files'>> {
  const tool = toolAt();
  const blueprint = blueprintFrom(answers, learned, tool.version);
  const labels = await labelsFor({ file: answers.labels, guess: learned.guess, task: blueprint.task, cwd: io.cwd });
  const { fixtures, sample } = await makeFixtures({ answers, learned, blueprint, labels: labels ?? [], io });
  const model = modelFiles(learned.examined, learned.guess);
  const beside = besideFiles(learned.examined, learned.guess);
  const files = planProject({ blueprint, tool, model, beside, labels, fixtures, sample });
  return { blueprint, fixtures, files: await withRecord(files) };
}

async function installNow(
  dir: string,
  packageManager: Answers['packageManager'],
  io: Io,
  progress: Progress,
): Promise<Installed> {
  progress.note(`Installing with ${packageManager}`);
  const ran = await install(dir, packageManager, io);
  if (ran.kind === 'ok') return { kind: 'done' };
  return { kind: 'failed', why: ran.kind === 'absent' ? `${packageManager} is not installed` : ran.why };
}

function report(created: Created, options: CreateOptions, io: Io): number {
  const { installed, repository } = created;
  for (const warning of created.warnings) io.stderr.write(`${warning}\n`);
  if (installed.kind === 'failed')
    io.stderr.write(`The project is there, but its dependencies could not be installed: ${installed.why}\n`);
  if (repository.kind === 'skipped' && repository.why !== 'not wanted')
    io.stderr.write(`No git repository was started: ${repository.why}.\n`);
  io.stderr.write(nextSteps(created, io.cwd));
  io.stdout.write(options.json ? `${JSON.stringify(summary(created), null, 2)}\n` : `${created.dir}\n`);
  return installed.kind === 'failed' ? 1 : 0;
}
