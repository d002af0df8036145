import type { SpanType } from '../contracts';
import type { Person } from './person';

/** A place in a text that speaks of somebody. Offsets are UTF-16 units. */
export interface Mention {
  start: number;
  end: number;
  /** `self`: a word for the requester ("borgeren", "du"), which is never proposed. */
  kind: 'name' | 'initials' | 'relation' | 'self';
  type: SpanType;
  /** Null: a relation to somebody whose name is not known. */
  person: Person | null;
  isKept: boolean;
  confidence: number;
}

/** Mentions in order of the text, with the questions that whose-is-it rules ask of them. */
export class Mentions {
  readonly inOrder: Mention[];

  constructor(mentions: Mention[]) {
    this.inOrder = [...mentions].sort((a, b) => a.start - b.start || b.end - a.end);
  }

  /** Index of the last mention that starts before `position`, or -1. */
  lastIndexBefore(position: number): number {
    let low = 0;
    let high = this.inOrder.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.inOrder[middle]!.start < position) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** The last mention that ends at or before `position` and starts at or after `from`. */
  before(position: number, from: number): Mention | null {
    const mention = this.inOrder[this.lastIndexBefore(position)];
    return mention && mention.start >= from && mention.end <= position ? mention : null;
  }

  /** The mention that ends exactly there, a genitive included. */
  endingAt(position: number): Mention | null {
    const mention = this.inOrder[this.lastIndexBefore(position)];
    return mention && mention.end === position ? mention : null;
  }

  /** The first mention that starts at or after `position` and before `until`. */
  after(position: number, until: number): Mention | null {
    const mention = this.inOrder[this.lastIndexBefore(position) + 1];
    return mention && mention.start < until ? mention : null;
  }

  /** True when a mention covers part of the place. */
  touches(start: number, end: number): boolean {
    const at = this.lastIndexBefore(end);
    for (let i = at; i >= 0 && i > at - 4; i -= 1) if (this.inOrder[i]!.end > start) return true;
    return false;
  }
}
