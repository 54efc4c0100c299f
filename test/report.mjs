/** The last line of a test run, in the form that a script can read. */
export default class Report {
  onRunComplete(_contexts, { numPassedTests, numFailedTests, numFailedTestSuites }) {
    console.log(`${numPassedTests} passed, ${numFailedTests || numFailedTestSuites} failed`);
  }
}
