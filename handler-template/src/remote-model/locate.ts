/** Path of the model: in the project on a developer's machine, else fetched. */
export function locate(fetched: (env: NodeJS.ProcessEnv) => Promise<string>): Promise<string> {
  const { env } = process;
  const located = (async () => env['MODEL_FILE'] || fetched(env))();
  // Whoever awaits it is told; until then it is not unhandled.
  located.catch(() => undefined);
  return located;
}
