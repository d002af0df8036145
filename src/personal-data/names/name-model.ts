import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reading } from '../tokens';
import { factorsOf, marginals } from './chain';
import {
  FeatureReader,
  hashesAt,
  JOINT_COUNT,
  jointFeatures,
  placed,
  profileAt,
  REACH,
  type Stretch,
  type TextKind,
  type WordProfile,
} from './features';
import { BEGINS, CONTINUES, LABEL_COUNT, ORGANISATION_WORD, OTHER, PLACE } from './labels';
import { decodeModel, FEATURE_STRIDE, type NameModel } from './model-file';

/** Words that the model takes for a person's name. Offsets are UTF-16 units. */
export interface NameCandidate {
  start: number;
  end: number;
  /** Index of the first word in the reading, and of the word after the last. */
  from: number;
  to: number;
  /** 0 to 1: the mean of the words' probabilities of being part of a person's name. */
  probability: number;
}

/** For each word of a reading: how likely it is part of a person's name, and that one begins with it. */
export interface NameProbabilities {
  person: Float32Array;
  begins: Float32Array;
}

/**
 * From here on a word is proposed for a person's name: chosen on UNER sentences left out of training, for recall, since a
 * caseworker strikes a false proposal out with a click and never sees a missed one.
 */
export const PROPOSE_FROM = 0.05;
/** The setting for precision: the best balance on the same sentences. */
export const LIKELY_FROM = 0.4;

const FILE = join(__dirname, '../../../models/names.da.bin');
/** A sentence is cut into parts of this many words, so that a line without end takes bounded memory. */
const LONGEST_STRETCH = 200;
const REMEMBERED = 40_000;

let loaded: TrainedNames | undefined;

/** The model of `models/names.da.bin`, read at the first call. */
export function trainedNames(): TrainedNames {
  loaded ??= new TrainedNames(decodeModel(readFileSync(FILE)));
  return loaded;
}

/** Names that the trained model proposes in a text, in order and apart. */
export function nameCandidates(reading: Reading, kind: TextKind, threshold = PROPOSE_FROM): NameCandidate[] {
  return namesIn(reading, trainedNames().probabilities(reading, kind), threshold);
}

/** Joins the words that reach the threshold into names. */
export function namesIn(reading: Reading, { person, begins }: NameProbabilities, threshold: number): NameCandidate[] {
  const found: NameCandidate[] = [];
  for (let from = 0; from < person.length;) {
    if (person[from]! < threshold) {
      from += 1;
      continue;
    }
    let to = from + 1;
    while (to < person.length && person[to]! >= threshold && isSameName(reading, to, begins[to]!, person[to]!)) to += 1;
    const sum = person.subarray(from, to).reduce((all, one) => all + one, 0);
    const [first, last] = [reading.tokens[from]!, reading.tokens[to - 1]!];
    found.push({ start: first.start, end: last.end, from, to, probability: sum / (to - from) });
    from = to;
  }
  return found;
}

function isSameName(reading: Reading, at: number, begins: number, person: number): boolean {
  return reading.sentenceOf[at] === reading.sentenceOf[at - 1] && begins < person / 2;
}

/** A chain of labels over the words of a sentence, with weights that training found. */
export class TrainedNames {
  private readonly reader = new FeatureReader();
  private readonly factors: Float64Array;
  private readonly known = new Map<WordProfile, Int32Array>();
  private readonly joint = new Int32Array(JOINT_COUNT);
  private readonly sums = new Float64Array(LABEL_COUNT);

  constructor(private readonly model: NameModel) {
    this.factors = factorsOf(model.transitions);
  }

  /** @param isAsked of which sentences, as ranges of words; the others are taken to name nobody */
  probabilities(
    reading: Reading,
    kind: TextKind,
    isAsked: (from: number, to: number) => boolean = () => true,
  ): NameProbabilities {
    const person = new Float32Array(reading.tokens.length);
    const begins = new Float32Array(reading.tokens.length);
    for (const [from, to] of stretchesOf(reading)) {
      if (!isAsked(from, to)) continue;
      const beliefs = marginals(this.scores(this.reader.stretch(reading, from, to, kind)), to - from, this.factors);
      for (let at = from; at < to; at += 1) {
        const row = (at - from) * LABEL_COUNT;
        begins[at] = beliefs[row + BEGINS]!;
        person[at] = begins[at]! + beliefs[row + CONTINUES]!;
      }
    }
    return { person, begins };
  }

  private scores(stretch: Stretch): Float64Array {
    const { steps } = this.model;
    const length = stretch.tokens.length;
    const scores = new Float64Array(length * LABEL_COUNT);
    const sums = this.sums;
    for (let at = 0; at < length; at += 1) {
      sums.fill(0);
      for (let offset = -REACH; offset <= REACH; offset += 1) {
        const of = this.sumsOf(profileAt(stretch, at + offset));
        const column = (offset + REACH) * LABEL_COUNT;
        for (let label = 0; label < LABEL_COUNT; label += 1) sums[label]! += of[column + label]!;
      }
      this.add(this.joint, jointFeatures(stretch, at, this.joint));
      for (let label = 0; label < LABEL_COUNT; label += 1)
        scores[at * LABEL_COUNT + label] = sums[label]! * steps[label]!;
    }
    return scores;
  }

  /** Adds the weights of the first `count` features to the sums; written out label by label, as most of the time is spent here. */
  private add(features: Int32Array, count: number): void {
    const { weights } = this.model;
    let [other, begins, continues, place, organisation] = [0, 0, 0, 0, 0];
    for (let i = 0; i < count; i += 1) {
      const cell = features[i]! * FEATURE_STRIDE;
      other += weights[cell]!;
      begins += weights[cell + BEGINS]!;
      continues += weights[cell + CONTINUES]!;
      place += weights[cell + PLACE]!;
      organisation += weights[cell + ORGANISATION_WORD]!;
    }
    this.sums[OTHER]! += other;
    this.sums[BEGINS]! += begins;
    this.sums[CONTINUES]! += continues;
    this.sums[PLACE]! += place;
    this.sums[ORGANISATION_WORD]! += organisation;
  }

  /** What a word adds to the labels of the words around it, by offset: summed once for each word. */
  private sumsOf(profile: WordProfile): Int32Array {
    const before = this.known.get(profile);
    if (before) return before;
    const sums = new Int32Array((2 * REACH + 1) * LABEL_COUNT);
    for (let offset = -REACH; offset <= REACH; offset += 1) {
      // A word at +1 is seen by the word before it: its features are placed by where it stands from there.
      for (const hash of hashesAt(profile, offset)) {
        const feature = placed(hash, offset) * FEATURE_STRIDE;
        for (let label = 0; label < LABEL_COUNT; label += 1)
          sums[(offset + REACH) * LABEL_COUNT + label]! += this.model.weights[feature + label]!;
      }
    }
    if (this.known.size >= REMEMBERED) this.known.clear();
    this.known.set(profile, sums);
    return sums;
  }
}

/** Sentences as ranges of words, long ones in parts. */
export function stretchesOf({ tokens, sentenceOf }: Reading): [from: number, to: number][] {
  const stretches: [number, number][] = [];
  let from = 0;
  for (let at = 1; at <= tokens.length; at += 1) {
    if (at < tokens.length && sentenceOf[at] === sentenceOf[from] && at - from < LONGEST_STRETCH) continue;
    stretches.push([from, at]);
    from = at;
  }
  return stretches;
}
