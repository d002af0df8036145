import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BEGINS } from '../labels';
import { ExampleMaker, type Example } from './examples';
import { readIob2, type AnnotatedSentence } from './iob2';
import { rewritten, type LabelledText } from './labelled-text';
import { MunicipalTexts } from './municipal-texts';
import { NameMaker } from './name-maker';
import { readNameLists } from './name-lists';
import { inCapitals, inSmallLetters, misread, mistyped, withoutDanishLetters, withSmallNames } from './noise';
import { Random } from './random';

export interface Shares {
  /** Copies of the news sentences, each with other names. */
  swaps: number;
  municipalTexts: number;
  /** How many of all texts come once more through another channel. */
  noisy: number;
}

/** @param part `train`, `dev` or `test` of UNER's Danish sentences */
export function readUner(corpora: string, part: 'train' | 'dev' | 'test'): AnnotatedSentence[] {
  return readIob2(readFileSync(join(corpora, `uner_ddt/da_ddt-ud-${part}.iob2`), 'utf8'));
}

/** Everything to train on: news as it is, with names swapped, municipal texts, and a part of it all through noise. */
export function trainingSet(corpora: string, news: LabelledText[], shares: Shares, seed: number): Example[] {
  const random = new Random(seed);
  const lists = readNameLists(corpora);
  const names = new NameMaker(lists, random);
  const municipal = new MunicipalTexts(names, lists, random);
  const texts: LabelledText[] = [...news];
  for (let copy = 0; copy < shares.swaps; copy += 1) {
    // All sentences, also those that name nobody: how often a capital is a person's stays as it was.
    for (const sentence of news) texts.push(withOtherNames(sentence, names));
  }
  for (let i = 0; i < shares.municipalTexts; i += 1) texts.push(municipal.next());
  const noisy = texts.filter(() => random.chance(shares.noisy)).map((text) => throughNoise(text, random));
  const maker = new ExampleMaker();
  return [...texts, ...noisy].flatMap((text) => maker.of(text));
}

function withOtherNames(text: LabelledText, names: NameMaker): LabelledText {
  return rewritten(
    text,
    (piece) => piece,
    (piece, { label }) => (label === BEGINS ? (names.like(piece) ?? piece) : piece),
  );
}

function throughNoise(text: LabelledText, random: Random): LabelledText {
  const kind = random.next();
  if (kind < 0.22) return inCapitals(text);
  if (kind < 0.37) return inSmallLetters(text);
  if (kind < 0.45) return withSmallNames(text);
  if (kind < 0.6) return withoutDanishLetters(text);
  if (kind < 0.8) return misread(text, 0.03, random);
  return mistyped(text, 0.035, random);
}
