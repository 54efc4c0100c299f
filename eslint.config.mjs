import { defineConfig } from 'eslint/config';
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

const VOCABULARY = [
  'errors.ts',
  'aws-errors.ts',
  'yaml.ts',
  'io.ts',
  'megabytes.ts',
  'blueprint.ts',
  'expected.ts',
  'package-files.ts',
  'project-root.ts',
  'template/limits.ts',
  'triggers/table.ts',
  'render/fixtures.ts',
].map((file) => `./${file}`);

/** Which room may import which: the table of CONTRIBUTING.md as data. `from` names what a room must not reach for. */
const rooms = [
  { room: 'generator', not: ['harness', 'pipeline', 'bin', 'test'] },
  { room: 'swagger', not: ['harness', 'pipeline', 'bin', 'test'], typesOnly: ['generator'] },
  { room: 'harness', not: ['swagger', 'pipeline', 'bin', 'test'], only: { generator: VOCABULARY } },
  { room: 'pipeline', not: ['swagger', 'bin', 'test'], only: { generator: VOCABULARY } },
];

const zones = rooms.flatMap(({ room, not, only = {} }) => [
  ...not.map((from) => ({ target: `./${room}`, from: `./${from}`, message: `${room} may not import ${from}` })),
  ...Object.entries(only).map(([from, except]) => ({ target: `./${room}`, from: `./${from}`, except })),
]);

export default defineConfig(
  {
    ignores: [
      'dist/',
      'node_modules/',
      '.rig/',
      'demo/',
      // It has a configuration of its own; its emit files, which are the generator's, are linted by name (package.json).
      'handler-template/',
      '**/*_pb.ts',
      '**/.onnx-lambda/',
      '**/.aws-sam/',
    ],
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strict],
    languageOptions: { parserOptions: { tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver': { node: { extensions: ['.ts', '.mjs', '.js'] } } },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/no-cycle': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'max-lines': ['warn', 250],
    },
  },
  {
    files: ['swagger/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ group: ['**/generator/**'], allowTypeImports: true, message: 'swagger takes only types' }] },
      ],
    },
  },
  {
    files: ['**/*.ts'],
    ignores: ['bin/**', 'scripts/**', 'test/**', 'bench/**', 'harness/child/**', 'generator/**/child/**'],
    rules: { 'no-console': 'error' },
  },
);
