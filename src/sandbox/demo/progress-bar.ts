const WIDTH = 24;

/** One line a step; on a terminal a bar that moves, elsewhere a line at each change. */
export class ProgressBar {
  private readonly begun = Date.now();
  private done = 0;
  private isOpen = false;

  constructor(
    private readonly steps: number,
    private readonly out: NodeJS.WriteStream = process.stdout,
  ) {}

  /** What goes on now; shown until the step is done. */
  show(sentence: string): void {
    if (!this.out.isTTY) return;
    this.out.write(`\r\x1b[2K${this.bar()} ${sentence}`);
    this.isOpen = true;
  }

  finish(sentence: string): void {
    this.done += 1;
    if (this.isOpen) this.out.write('\r\x1b[2K');
    this.isOpen = false;
    this.out.write(`${this.bar()} ${this.seconds()} ${sentence}\n`);
  }

  private bar(): string {
    const full = Math.round((Math.min(this.done, this.steps) / this.steps) * WIDTH);
    return `[${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}]`;
  }

  private seconds(): string {
    return `${((Date.now() - this.begun) / 1000).toFixed(1).padStart(6)} s`;
  }
}
