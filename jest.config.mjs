import { availableParallelism } from 'node:os';

/** Native ESM: execa and inquirer can't be loaded in CommonJS mode. Run through scripts/test.mjs, which sets the Node flag. */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
  },
  testMatch: ['<rootDir>/test/**/*.test.ts', '<rootDir>/handler-template/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/.rig/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.rig/', '<rootDir>/demo/'],
  testTimeout: 60_000,
  // Most tests wait for processes that they started: Jest's own choice, one less than there are cores, leaves cores idle.
  maxWorkers: Math.min(4, availableParallelism()),
  reporters: ['default', '<rootDir>/test/report.mjs'],
};
