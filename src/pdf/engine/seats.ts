/** A fixed number of places for workers that are dear to start; who finds none free waits in line. */
export class Seats<Seat> {
  readonly all: readonly Seat[];
  private readonly free: Seat[];
  private readonly waiting: ((seat: Seat) => void)[] = [];

  constructor(count: number, make: () => Seat) {
    this.all = Array.from({ length: Math.max(1, count) }, make);
    this.free = [...this.all];
  }

  /** Gives `work` a free seat, the last or the one that `choose` points at, and takes it back whatever becomes of the work. */
  async use<T>(
    work: (seat: Seat) => Promise<T>,
    choose: (free: readonly Seat[]) => number = (free) => free.length - 1,
  ): Promise<T> {
    const seat = await this.take(choose);
    try {
      return await work(seat);
    } finally {
      this.giveBack(seat);
    }
  }

  private take(choose: (free: readonly Seat[]) => number): Promise<Seat> {
    if (this.free.length === 0) return new Promise((resolve) => this.waiting.push(resolve));
    return Promise.resolve(this.free.splice(choose(this.free), 1)[0]);
  }

  private giveBack(seat: Seat): void {
    const next = this.waiting.shift();
    if (next) next(seat);
    else this.free.push(seat);
  }
}
