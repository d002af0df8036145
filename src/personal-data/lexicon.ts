import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The lists of `models/lexicon.da.bin`; every question takes a folded word (see folding.ts). */
export interface Lexicon {
  /** Among the 2,500 most frequent first names of women or of men. */
  isCommonFirstName(word: string): boolean;
  isFirstName(word: string): boolean;
  isSurname(word: string): boolean;
  /** A town, postal district or cadastral district; may hold blanks. */
  isPlace(word: string): boolean;
  /** An ordinary Danish word in any usual inflection or a compound of two. */
  isWord(word: string): boolean;
}

type Section = 'commonFirstNames' | 'firstNames' | 'surnames' | 'places' | 'words';

const FILE = join(__dirname, '../../models/lexicon.da.bin');
const ENDINGS = (
  ' s e t n r es er et en ns rs te ne re ens ets ers ere ene ede est ende erne rne ernes rnes enes ' +
  'nes eres este erede edes endes'
).split(' ');
const REMEMBERED_WORDS = 50_000;

let loaded: Lexicon | undefined;

/** The lexicon, read from its file at the first call (about 1 MB, a few milliseconds). */
export function lexicon(): Lexicon {
  loaded ??= new HashedLexicon(readFileSync(FILE));
  return loaded;
}

/** FNV-1a over UTF-16 units, 32 bits. */
export function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i += 1) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

class HashedLexicon implements Lexicon {
  private readonly sections = new Map<Section, Uint32Array>();
  private readonly known = new Map<string, boolean>();

  constructor(file: Buffer) {
    const headerEnd = 4 + file.readUInt32LE(0);
    const counts = JSON.parse(file.toString('utf8', 4, headerEnd)) as Record<Section, number>;
    let offset = headerEnd;
    for (const [section, count] of Object.entries(counts) as [Section, number][]) {
      const hashes = new Uint32Array(count);
      for (let i = 0; i < count; i += 1) hashes[i] = file.readUInt32LE(offset + 4 * i);
      this.sections.set(section, hashes);
      offset += 4 * count;
    }
  }

  isCommonFirstName(word: string): boolean {
    return this.has('commonFirstNames', word);
  }

  isFirstName(word: string): boolean {
    return this.has('firstNames', word);
  }

  isSurname(word: string): boolean {
    return this.has('surnames', word);
  }

  isPlace(word: string): boolean {
    return this.has('places', word);
  }

  isWord(word: string): boolean {
    const before = this.known.get(word);
    if (before !== undefined) return before;
    const answer = this.isInflected(word) || this.isCompound(word);
    if (this.known.size < REMEMBERED_WORDS) this.known.set(word, answer);
    return answer;
  }

  private isInflected(word: string): boolean {
    for (const ending of ENDINGS) {
      if (word.length - ending.length < 2 || !word.endsWith(ending)) continue;
      const stem = word.slice(0, word.length - ending.length);
      if (this.has('words', stem)) return true;
      // The consonant is doubled before an ending: hop, hoppet.
      if (ending && stem.length > 3 && stem.at(-1) === stem.at(-2) && this.has('words', stem.slice(0, -1))) return true;
    }
    return false;
  }

  private isCompound(word: string): boolean {
    if (word.length < 8 || word.length > 40) return false;
    for (let cut = 4; cut <= word.length - 4; cut += 1) {
      if (!this.isInflected(word.slice(cut))) continue;
      const head = word.slice(0, cut);
      if (
        this.has('words', head) ||
        ((head.endsWith('s') || head.endsWith('e')) && this.has('words', head.slice(0, -1)))
      )
        return true;
    }
    return false;
  }

  private has(section: Section, word: string): boolean {
    const hashes = this.sections.get(section)!;
    const hash = hashOf(word);
    let low = 0;
    let high = hashes.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = hashes[middle]!;
      if (found === hash) return true;
      if (found < hash) low = middle + 1;
      else high = middle - 1;
    }
    return false;
  }
}
