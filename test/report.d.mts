/** The types of report.mjs, which Jest loads as it is. */
export default class Report {
  onRunComplete(contexts: unknown, results: object): void;
}
