/** What a client would be told: status and code. */
export function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'nothing',
    ({ code, status }: { code: string; status: number }) => `${status} ${code}`,
  );
}
