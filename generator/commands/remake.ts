import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Blueprint } from '../blueprint.ts';
import { planProject, printBlueprint } from '../create.ts';
import { BLUEPRINT_FILE } from '../blueprint.ts';
import { ToolError } from '../errors.ts';
import { EXPECTED_FILE, type Expected } from '../expected.ts';
import { openSource } from '../formats/open-source.ts';
import type { Source } from '../formats/source.ts';
import { hashOfFile } from '../hash-file.ts';
import type { Io } from '../io.ts';
import type { Answers } from '../questions/answers.ts';
import { checkGiven, checkMeant, collect, type Given } from '../questions/collect.ts';
import type { Context } from '../questions/context.ts';
import { afterTask } from '../questions/table.ts';
import { toolAt } from '../render/tool.ts';
import { examineModel } from '../tasks/examine.ts';
import type { Guess } from '../tasks/table.ts';
import { blueprintText } from '../update/blueprint-text.ts';
import { expectedText, readExpectedText } from '../update/expected-text.ts';
import type { OpenProject } from '../update/open-project.ts';
import { text, type FileMap } from '../write/file-map.ts';
import { blueprintFrom } from './blueprint-from.ts';
import { keptAnswers, withoutCertain } from './kept-answers.ts';
import { labelsFor } from './labels.ts';
import { guessFor, hintsFrom, type Learned } from './learn-model.ts';
import { makeFixtures } from './make-fixtures.ts';
import type { ModelChoice } from './model-choice.ts';
import { besideFiles, modelFiles } from './model-files.ts';
import { ownLabels } from './own-labels.ts';
import type { Progress } from './progress.ts';
import { servedModel } from './served-model.ts';
import { wishes } from './wishes.ts';

/** A project as it would be made today. */
export interface Remade {
  readonly blueprint: Blueprint;
  readonly labels: readonly string[] | undefined;
  readonly files: FileMap;
}

export interface RemakeOptions {
  readonly given: Given;
  readonly choose: ModelChoice;
}

/**
 * The project from its own answers, flags before them, and from its own model or a new one. Nothing is written.
 *
 * @throws ToolError MODEL_CHANGED where the project's model is not the one that it was made for, and all that creating refuses
 */
export async function remake(
  project: OpenProject,
  options: RemakeOptions,
  io: Io,
  progress: Progress,
): Promise<Remade> {
  const { root, blueprint } = project;
  const { given, choose } = options;
  const own = join(root, blueprint.model.file);
  if (given.model === undefined) await checkModel(own, blueprint.model.sha256);
  const source = await progress.during('Opening the model', () =>
    given.model === undefined ? openSource(own, io) : openSource(given.model, { ...io, ...choose }),
  );
  if (source.note !== undefined) progress.note(source.note);
  try {
    return await remakeFrom(source, project, given, io, progress);
  } finally {
    await source.dispose();
  }
}

async function remakeFrom(
  source: Source,
  project: OpenProject,
  given: Given,
  io: Io,
  progress: Progress,
): Promise<Remade> {
  const { root, blueprint: old } = project;
  const mineText = await readFile(join(root, EXPECTED_FILE), 'utf8').catch(() => undefined);
  const mine = readExpectedText(mineText);
  const start: Context = {
    answers: { dir: root, model: given.model ?? source.modelFile },
    kept: keptAnswers(project, given, mine),
    cwd: io.cwd,
    packageManager: old.packageManager,
  };
  checkGiven(given, start);
  const { modelFile, modelName, sideFiles } = source;
  const examined = await progress.during('Reading and trying the model', () =>
    examineModel(modelFile, { signal: io.signal, sideFiles, ...wishes(given, start) }),
  );
  const asked = await collect(
    ['task'],
    given,
    { ...start, hints: hintsFrom(examined, examined.guesses[0], modelName) },
    undefined,
  );
  const guess = guessFor(examined, asked.answers.task);
  checkMeant(given, guess.kind);
  const isSame = examined.mended.sha256 === old.model.sha256;
  const learned: Learned = {
    examined,
    origin: source.origin,
    keptSource: given.model === undefined ? old.model.source : undefined,
    guess: isSame && guess.kind === old.task.kind ? ({ ...guess, task: old.task } as Guess) : guess,
  };
  const known: Context = { ...asked, hints: hintsFrom(examined, learned.guess, modelName) };
  const settled = await collect(
    afterTask(guess.kind),
    given,
    isSame ? known : { ...known, kept: withoutCertain(known, guess) },
    undefined,
  );
  const answers = settled.answers as Answers;
  const tool = toolAt();
  const made = blueprintFrom(answers, learned, tool.version);
  const blueprint = given.model === undefined ? { ...made, model: servedModel(old.model, made.model) } : made;
  const labels =
    given.labels === undefined && (given.model === undefined || learned.guess.labels === undefined)
      ? await ownLabels(root, learned.guess, blueprint.task, given.model === undefined)
      : await labelsFor({ file: answers.labels, guess: learned.guess, task: blueprint.task, cwd: io.cwd });
  const { fixtures, sample } = await progress.during('Running the model on the fixtures', () =>
    makeFixtures({ answers, learned, blueprint, labels: labels ?? [], io }),
  );
  const files = planProject({
    blueprint,
    tool,
    model: modelFiles(examined, learned.guess),
    beside: besideFiles(examined, learned.guess),
    labels,
    fixtures,
    sample,
  });
  return { blueprint, labels, files: adapted(files, project, blueprint, { mine, mineText }) };
}

/** The project's model must be the one that its Blueprint, its types and its expected answers are of. */
async function checkModel(file: string, sha256: string): Promise<void> {
  const found = await hashOfFile(file).catch(() => undefined);
  if (found === undefined || found === sha256) return; // What is not there is refused when it is read.
  throw new ToolError('MODEL_CHANGED', {
    what: 'This is not the model that the project was made for.',
    where: file,
    expected: `sha256 ${sha256}`,
    next: `to take it as the new model: onnx-lambda update --model ${file}`,
  });
}

/** What is written otherwise where a project is there already. */
function adapted(
  files: FileMap,
  { record, blueprintText: before }: OpenProject,
  blueprint: Blueprint,
  { mine, mineText }: { mine: Expected | undefined; mineText: string | undefined },
): FileMap {
  const emitted = files[EXPECTED_FILE];
  const isOwn = (file: string): boolean => record?.[`fixtures/${file}`] === undefined;
  const was = record?.[EXPECTED_FILE]?.text ?? mineText;
  return {
    ...files,
    [BLUEPRINT_FILE]: text(blueprintText(before, blueprint, printBlueprint)),
    ...(emitted?.kind === 'text' && { [EXPECTED_FILE]: text(expectedText(emitted.text, mine, was, isOwn)) }),
  };
}
