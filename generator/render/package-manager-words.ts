import type { PackageManager } from '../questions/answers.ts';

/** How each package manager says it. */
export interface Words {
  readonly install: string;
  readonly test: string;
  /** Before the name of a script of package.json. */
  readonly run: string;
  /** Before the arguments of the project's own tool. */
  readonly tool: string;
}

export const WORDS: Readonly<Record<PackageManager, Words>> = {
  npm: { install: 'npm install', test: 'npm test', run: 'npm run', tool: 'npx onnx-lambda' },
  pnpm: { install: 'pnpm install', test: 'pnpm test', run: 'pnpm run', tool: 'pnpm exec onnx-lambda' },
  yarn: { install: 'yarn install', test: 'yarn test', run: 'yarn run', tool: 'yarn onnx-lambda' },
};
