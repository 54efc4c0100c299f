/** What has been done, as the steps that take it back. */
export class Journal {
  #steps: (() => Promise<void>)[] = [];

  add(undo: () => Promise<void>): void {
    this.#steps.push(undo);
  }

  /** Takes everything back, the last first. A step that fails does not keep the others from being taken. */
  async undo(): Promise<void> {
    for (const step of this.#steps.splice(0).reverse()) await step().catch(() => undefined);
  }

  forget(): void {
    this.#steps = [];
  }
}
