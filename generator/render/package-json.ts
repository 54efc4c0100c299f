import type { Blueprint } from '../blueprint.ts';

export interface PackageParts {
  readonly blueprint: Blueprint;
  /** How the project names this tool in its dependencies: `^1.2.0`, or `file:` and a folder. */
  readonly tool: string;
  /** What type checks, lint and tests of the copied sources need, by name. */
  readonly devDependencies: Readonly<Record<string, string>>;
  /** Versions of packages further down. */
  readonly overrides: Readonly<Record<string, string>>;
}

/** Where each package manager looks for overrides; pnpm in pnpm-workspace.yaml. */
const OVERRIDES = { npm: 'overrides', pnpm: undefined, yarn: 'resolutions' } as const;

/** package.json of the project's root: tools only, nothing of it is deployed. */
export function packageJson({ blueprint, tool, devDependencies, overrides }: PackageParts): object {
  const key = OVERRIDES[blueprint.packageManager];
  const all = { ...devDependencies, 'create-onnx-lambda': tool };
  return {
    name: blueprint.name,
    version: '0.0.0',
    description: blueprint.description,
    private: true,
    type: 'module',
    engines: { node: '>=20.19' },
    scripts: {
      test: 'node --experimental-vm-modules --no-warnings=ExperimentalWarning node_modules/jest/bin/jest.js',
      build: 'onnx-lambda build',
      start: 'onnx-lambda start',
      deploy: 'onnx-lambda deploy',
      lint: 'eslint .',
      types: 'tsc',
    },
    devDependencies: Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1))),
    ...(key && Object.keys(overrides).length > 0 && { [key]: overrides }),
  };
}
