import { basename, resolve } from 'node:path';
import { never, choice, confirm, text } from './kinds.ts';
import { nameExpectation, nameFromFolder } from './names.ts';
import type { Questions } from './question.ts';

/** SAM and npm nest deep below it. */
const LONGEST_FOLDER = 100;

const fits = (longest: number) => (given: string) =>
  given.trim() !== '' && given.length <= longest ? undefined : `1 to ${longest} characters`;

/** Where the project goes, what it is called and which model it is for. */
export const projectQuestions = {
  dir: text({
    flag: 'DIR',
    message: 'Folder for the new project',
    required: true,
    expectation: (given) => {
      if (given.trim() === '') return 'a folder, e.g. my-api';
      if (given.startsWith('-')) return 'a folder that does not look like a flag, e.g. ./my-api';
      const last = basename(given);
      return last.length > LONGEST_FOLDER || /[;$`|&<>*?"]/.test(last)
        ? `a folder's name of at most ${LONGEST_FOLDER} characters that needs no care in a shell, e.g. my-api`
        : undefined;
    },
  }),
  model: text({
    flag: '--model <file>',
    message: 'ONNX model: a file, folder, archive, https:// or s3:// address',
    required: true,
    expectation: (given) => (given.trim() === '' ? 'a file, e.g. model.onnx' : undefined),
  }),
  name: text({
    flag: '--name <name>',
    message: 'Name of the project, its stacks and its function',
    fallback: ({ answers, cwd }) => nameFromFolder(resolve(cwd, answers.dir ?? '.')),
    expectation: nameExpectation,
  }),
  description: text({
    flag: '--description <text>',
    message: 'Description',
    fallback: ({ answers, hints }) =>
      `${hints?.does ?? 'Inference'} with ${basename((answers.model ?? 'model.onnx').replace(/\?.*/, ''))} on AWS Lambda`.slice(
        0,
        256,
      ),
    expectation: fits(256),
  }),
  modelName: text({
    flag: '--model-name <name>',
    message: 'Name of the model in answers',
    asked: never,
    fallback: ({ hints, answers }) => hints?.modelName ?? answers.name,
    // It is a part of the Open Inference Protocol's paths.
    expectation: (given) =>
      /^[A-Za-z0-9._-]{1,64}$/.test(given) ? undefined : '1 to 64 letters, digits, dots, hyphens and underscores',
  }),
  modelVersion: text({
    flag: '--model-version <version>',
    message: 'Version of the model in answers',
    asked: never,
    fallback: ({ hints }) => hints?.modelVersion ?? '1',
    expectation: fits(64),
  }),
} satisfies Partial<Questions>;

/** What is done with the project once it is written. */
export const toolingQuestions = {
  packageManager: choice({
    flag: '--package-manager <name>',
    message: 'Package manager',
    choices: { npm: 'comes with Node', pnpm: 'pnpm 10 or later', yarn: 'classic or berry' },
    fallback: ({ packageManager }) => packageManager,
  }),
  git: confirm({
    flag: '--git',
    negative: '--no-git',
    message: 'Start a git repository',
    fallback: () => true,
  }),
  install: confirm({
    flag: '--install',
    negative: '--skip-install',
    message: 'Install the development dependencies now',
    fallback: () => true,
  }),
} satisfies Partial<Questions>;
