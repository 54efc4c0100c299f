import type { Blueprint } from '../blueprint.ts';
import { text, type FileMap } from '../write/file-map.ts';
import { stringifyYaml } from '../yaml.ts';

/** Dependencies whose install scripts only fetch or check what their packages have already. */
const NO_SCRIPTS = ['@parcel/watcher', '@swc/core', 'aws-sdk', 'esbuild', 'onnxruntime-node', 'sharp', 'unrs-resolver'];

/** npm drops files of these names from published packages: they are written here, never copied. */
export function packageManagerFiles(blueprint: Blueprint, overrides: Readonly<Record<string, string>>): FileMap {
  const cpu = blueprint.function.architecture === 'arm64' ? 'arm64' : 'x64';
  return {
    '.npmrc': text(
      `# The CPU library of onnxruntime-node is in its package; without this line it would look for CUDA.\nonnxruntime-node-install=skip\n`,
    ),
    'runtime/.npmrc': text(
      `# Lambda's binaries, whatever this is installed on.\nos=linux\ncpu=${cpu}\nlibc=glibc\nonnxruntime-node-install=skip\n`,
    ),
    '.gitignore': text(`node_modules/\n.aws-sam/\n.onnx-lambda/\ncoverage/\n*.log\n.env\n.DS_Store\n`),
    ...ownFiles[blueprint.packageManager](overrides),
  };
}

type Own = (overrides: Readonly<Record<string, string>>) => FileMap;

const ownFiles: Readonly<Record<Blueprint['packageManager'], Own>> = {
  npm: () => ({}),
  pnpm: (overrides) => ({
    'pnpm-workspace.yaml': text(
      stringifyYaml(
        {
          packages: ['.'],
          allowBuilds: Object.fromEntries(NO_SCRIPTS.map((name) => [name, false])),
          ignoredBuiltDependencies: NO_SCRIPTS,
          strictDepBuilds: false,
          ...(Object.keys(overrides).length > 0 && { overrides }),
        },
        ' None of these needs its install script; src/ and runtime/ are not part of the workspace, `sam build` installs them with npm.',
      ),
    ),
  }),
  yarn: () => ({
    // Classic makes an error of what others warn about: packages further down that name newer releases of Node only.
    '.yarnrc': text('ignore-engines true\n'),
    '.yarnrc.yml': text(
      `# Jest and SAM look for packages in folders.\nnodeLinker: node-modules\nenableScripts: false\nenableTelemetry: false\n`,
    ),
  }),
};
