/** One folded spelling of a term and how strictly a match is read. */
export interface Pattern {
  term: number;
  letters: string;
  /** A single word of a name. */
  part: boolean;
  number: boolean;
  /** The letters must stand exactly so (initials). */
  exact?: string;
  /** The most separating characters allowed between two letters. */
  gap: number;
  /** No letter (digit, for numbers) may stand beside it. */
  boundary: boolean;
  /** Too short to be sought outside readable text. */
  weak: boolean;
}

/** Finds all of many words in one pass over a text (Aho and Corasick, 1975). */
export class PatternTree {
  private readonly next: Map<number, number>[] = [new Map()];
  private readonly fall: number[] = [0];
  private readonly ending: Pattern[][] = [[]];

  add(pattern: Pattern): void {
    if (pattern.letters.length < 2) return;
    let node = 0;
    for (let i = 0; i < pattern.letters.length; i += 1) {
      const code = pattern.letters.charCodeAt(i);
      let child = this.next[node]?.get(code);
      if (child === undefined) {
        child = this.next.length;
        this.next.push(new Map());
        this.fall.push(0);
        this.ending.push([]);
        this.next[node]?.set(code, child);
      }
      node = child;
    }
    this.ending[node]?.push(pattern);
  }

  /** Links each node with the longest suffix that also begins a word; call once, after the last `add`. */
  finish(): void {
    const waiting = [...(this.next[0]?.values() ?? [])];
    for (let i = 0; i < waiting.length; i += 1) {
      const node = waiting[i] as number;
      for (const [code, child] of this.next[node] as Map<number, number>) {
        this.fall[child] = this.step(this.fall[node] as number, code);
        this.ending[child]?.push(...(this.ending[this.fall[child] as number] ?? []));
        waiting.push(child);
      }
    }
  }

  /** Calls `found` with the first and last index of every match. */
  match(letters: string, found: (pattern: Pattern, first: number, last: number) => void): void {
    let node = 0;
    for (let i = 0; i < letters.length; i += 1) {
      node = this.step(node, letters.charCodeAt(i));
      for (const pattern of this.ending[node] as Pattern[]) found(pattern, i - pattern.letters.length + 1, i);
    }
  }

  private step(from: number, code: number): number {
    for (let node = from; ; node = this.fall[node] as number) {
      const child = this.next[node]?.get(code);
      if (child !== undefined) return child;
      if (node === 0) return 0;
    }
  }
}
