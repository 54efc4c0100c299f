/** Native ES modules; the handler itself runs in a child process, as on Lambda. */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.mjs'],
  transform: {},
  testTimeout: 60_000,
  modulePathIgnorePatterns: ['<rootDir>/.aws-sam/', '<rootDir>/.onnx-lambda/', '<rootDir>/runtime/'],
};
