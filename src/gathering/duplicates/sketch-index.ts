import { similarity, type TextSketch } from './text-sketch';

/** How many of a sketch's hashes are looked up, and in how many texts a hash may stand before it tells nothing. */
const LOOKED_UP = 96;
const COMMON = 60;

export interface LikeText {
  id: string;
  /** 0 to 1. */
  similarity: number;
}

/** Finds texts that are like a given one without comparing each with each: 5,000 documents would be 12 million pairs. */
export class SketchIndex {
  private readonly sketches = new Map<string, TextSketch>();
  private readonly holders = new Map<number, string[]>();

  add(id: string, sketch: TextSketch): void {
    this.sketches.set(id, sketch);
    for (const hash of sketch.subarray(0, LOOKED_UP)) {
      const holders = this.holders.get(hash);
      if (!holders) this.holders.set(hash, [id]);
      else if (holders.length <= COMMON) holders.push(id);
    }
  }

  /** Texts at least `least` like the sketch, the most alike first; equal ones in the order in which they were added. */
  like(sketch: TextSketch, least: number): LikeText[] {
    const candidates = new Set<string>();
    for (const hash of sketch.subarray(0, LOOKED_UP)) {
      const holders = this.holders.get(hash) ?? [];
      if (holders.length <= COMMON) for (const id of holders) candidates.add(id);
    }
    return [...candidates]
      .map((id) => ({ id, similarity: similarity(sketch, this.sketches.get(id) as TextSketch) }))
      .filter((each) => each.similarity >= least)
      .sort((a, b) => b.similarity - a.similarity);
  }
}
