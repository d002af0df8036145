import { hashOf, lexicon } from '../lexicon';
import { withoutGenitive, type Reading, type Token } from '../tokens';
import { WORLD_PLACES } from './world-places';

/** Hashed features fall into this many places; what shares one shares its weight. A power of two. */
export const FEATURE_SPACE = 1 << 19;
const MASK = FEATURE_SPACE - 1;
/** How many words before and after are looked at. */
export const REACH = 2;

/** What is known of a word wherever it stands: hashes that become features by the place they are seen from. */
export interface WordProfile {
  word: number;
  shape: number;
  lists: number;
  /** Seen from the word itself, from a neighbour, and from two words off. */
  own: Int32Array;
  near: Int32Array;
  far: Int32Array;
}

/**
 * Case files name people in every other line and are full of fragments; running prose is not. What is particular to case
 * files is learnt apart, so that it does not make every capital of a newspaper a person.
 */
export type TextKind = 'prose' | 'case file';

/** The words of one sentence (or a part of a long one) with what their features are made of. */
export interface Stretch {
  tokens: Token[];
  profiles: WordProfile[];
  /** Hash of what stands before each word; one more for what follows the last. */
  gaps: number[];
  kind: TextKind;
}

const EDGE = edge();
const REMEMBERED = 40_000;

/** Reads words into profiles, remembering those it met. */
export class FeatureReader {
  private readonly known = new Map<string, WordProfile>();
  private readonly knownGaps = new Map<string, number>();

  stretch(reading: Reading, from: number, to: number, kind: TextKind): Stretch {
    const tokens = reading.tokens.slice(from, to);
    const small = tokens.length > 2 && tokens.every(({ letterCase }) => letterCase === 'lower');
    const profiles = tokens.map((token) => this.profile(token, reading.lines[token.line]!.shouts ? 1 : small ? 2 : 0));
    const last = tokens.at(-1)!;
    const gaps = tokens.map((token) => this.gap(token.gap));
    gaps.push(this.gap(reading.tokens[to]?.gap ?? reading.text.slice(last.end, last.end + 8)));
    return { tokens, profiles, gaps, kind };
  }

  private profile(token: Token, mode: number): WordProfile {
    const key = mode === 0 ? token.text : mode + token.text;
    const before = this.known.get(key);
    if (before) return before;
    const profile = profileOf(token.text, token.folded, token.letterCase, mode);
    if (this.known.size >= REMEMBERED) this.known.clear();
    this.known.set(key, profile);
    return profile;
  }

  private gap(written: string): number {
    const short = written.slice(0, 24);
    const before = this.knownGaps.get(short);
    if (before !== undefined) return before;
    const hash = hashOf(
      short
        .replace(/[ \t]+/g, ' ')
        .replace(/\d+/g, '0')
        .slice(0, 6),
    );
    if (this.knownGaps.size >= REMEMBERED) this.knownGaps.clear();
    this.knownGaps.set(short, hash);
    return hash;
  }
}

export function profileAt(stretch: Stretch, at: number): WordProfile {
  return stretch.profiles[at] ?? EDGE;
}

/** The feature that a hash becomes when it is seen `offset` words away (-2 … 2). */
export function placed(hash: number, offset: number): number {
  return mix(hash, 0x51 + offset);
}

/** Hashes of a profile that count at this offset. */
export function hashesAt(profile: WordProfile, offset: number): Int32Array {
  if (offset === 0) return profile.own;
  return offset === 1 || offset === -1 ? profile.near : profile.far;
}

export const JOINT_COUNT = 20;

/** The features that join a word with its neighbours; written into `out`, of which there are at most `JOINT_COUNT`; returns how many. */
export function jointFeatures(stretch: Stretch, at: number, out: Int32Array): number {
  const { gaps } = stretch;
  const here = profileAt(stretch, at);
  const before = profileAt(stretch, at - 1);
  const after = profileAt(stretch, at + 1);
  const gapBefore = gaps[at]!;
  const gapAfter = gaps[at + 1]!;
  const kind = mix(here.shape, here.lists);
  const isFirst = at === 0 ? 1 : 2;
  out[0] = mix(gapBefore, 1001);
  out[1] = mix(gapAfter, 1002);
  out[2] = mix(mix(gapBefore, 1003), kind);
  out[3] = mix(mix(gapAfter, 1004), kind);
  out[4] = mix(mix(before.shape, 1005), mix(here.shape, after.shape));
  out[5] = mix(mix(before.lists, 1006), kind);
  out[6] = mix(mix(after.lists, 1007), kind);
  out[7] = mix(mix(before.word, 1008), here.shape);
  out[8] = mix(mix(after.word, 1009), here.shape);
  out[9] = mix(mix(before.word, 1010), mix(kind, gapBefore));
  out[10] = mix(mix(profileAt(stretch, at - 2).word, 1011), mix(before.word, here.shape));
  out[11] = mix(mix(isFirst, 1012), kind);
  out[12] = mix(mix(before.shape, 1013), mix(gapBefore, here.shape));
  out[13] = mix(mix(after.shape, 1014), mix(gapAfter, here.shape));
  out[14] = mix(mix(before.word, 1015), here.word);
  out[15] = mix(mix(profileAt(stretch, at + 2).lists, 1016), mix(after.lists, here.shape));
  if (stretch.kind === 'prose') return 16;
  out[16] = mix(1, 2001);
  out[17] = mix(here.shape, 2002);
  out[18] = mix(kind, 2003);
  out[19] = mix(mix(before.word, 2004), here.shape);
  return JOINT_COUNT;
}

/** Two hashes made one, within the feature space. */
function mix(a: number, b: number): number {
  let hash = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 0x7f4a7c15, 0xc2b2ae35);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) & MASK;
}

/** What stands before the first and after the last word of a sentence. */
function edge(): WordProfile {
  const word = hashOf('\u0001edge') & 0x3fffffff;
  const alone = Int32Array.of(word);
  return { word, shape: word, lists: 0, own: alone, near: alone, far: alone };
}

function profileOf(text: string, folded: string, letterCase: Token['letterCase'], mode: number): WordProfile {
  const word = hashOf(folded) & 0x3fffffff;
  const shape = shapeOf(text, letterCase, mode);
  const lists = listsOf(folded);
  const bare = withoutGenitive(folded);
  const hash = (kind: string, value: string | number): number => hashOf(`${kind}${value}`);
  const own = [
    hash('w', folded),
    hash('b', bare),
    hash('s', shape),
    hash('l', lists),
    hash('sl', `${shape}.${lists}`),
    hash('ws', `${shape}.${folded}`),
    hash('n', Math.min(folded.length, 12)),
    ...[1, 2, 3, 4].map((length) => hash('p', `${shape}.${folded.slice(0, length)}`)),
    ...[1, 2, 3, 4, 5].map((length) => hash('e', `${shape}.${folded.slice(-length)}`)),
    ...[2, 3, 4].map((length) => hash('be', `${lists}.${bare.slice(-length)}`)),
    hash('sk', skeletonOf(folded)),
  ];
  const near = [
    hash('w', folded),
    hash('s', shape),
    hash('l', lists),
    hash('sl', `${shape}.${lists}`),
    hash('e', `${shape}.${folded.slice(-3)}`),
  ];
  const far = [hash('w', folded), hash('s', shape), hash('sl', `${shape}.${lists}`)];
  return { word, shape, lists, own: Int32Array.from(own), near: Int32Array.from(near), far: Int32Array.from(far) };
}

/** Case of the letters, one letter or more, and whether the line's case says anything: 1 all capitals, 2 all small. */
function shapeOf(text: string, letterCase: Token['letterCase'], mode: number): number {
  const cases = { lower: 1, capital: 2, upper: 3, mixed: 4 };
  const length = text.length === 1 ? 1 : text.length === 2 ? 2 : letterCase === 'upper' && text.length < 5 ? 3 : 4;
  return hashOf(`${cases[letterCase]}${length}${mode}${text.includes('-') ? '-' : ''}`) & 0x3fffffff;
}

/** Which lists of the lexicon hold the word, and the word without its genitive, and its parts. */
function listsOf(folded: string): number {
  const bare = withoutGenitive(folded);
  const own = listBits(folded);
  const without = bare === folded ? 0 : listBits(bare) + 64;
  const parts = folded.includes('-') ? folded.split('-').reduce((all, part) => all & listBits(part), 63) + 64 : 0;
  return own | (without << 7) | (parts << 15);
}

function listBits(word: string): number {
  const known = lexicon();
  return (
    (known.isCommonFirstName(word) ? 1 : 0) |
    (known.isFirstName(word) ? 2 : 0) |
    (known.isSurname(word) ? 4 : 0) |
    (known.isPlace(word) ? 8 : 0) |
    (known.isWord(word) ? 16 : 0) |
    (WORLD_PLACES.has(word) ? 32 : 0)
  );
}

/** Vowels and consonants: how foreign a word sounds. */
function skeletonOf(folded: string): string {
  return folded
    .slice(0, 8)
    .replace(/[aeiouyæøå]/g, 'v')
    .replace(/[bcdfghjklmnpqrstvxz]/g, (letter) => (letter === 'v' ? 'v' : 'k'));
}
