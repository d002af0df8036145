/** Draws that are the same every time, so that the made files can be made again. */
export class Dice {
  constructor(private state: number) {}

  /** A number from 0 up to, not including, `sides`. */
  roll(sides: number): number {
    this.state = (this.state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return Math.floor((this.state / 4_294_967_296) * sides);
  }

  /** An endless deal from `cards`: none comes again before all have been dealt. */
  deal<T>(cards: T[]): () => T {
    let pack: T[] = [];
    return () => {
      if (pack.length === 0) pack = [...cards];
      return pack.splice(this.roll(pack.length), 1)[0];
    };
  }
}

/** `17. marts 2023`, so many days after an ISO day. */
export function danishDay(from: string, daysLater: number): string {
  const day = new Date(Date.parse(from) + daysLater * 86_400_000);
  return day.toLocaleDateString('da-DK', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
}
