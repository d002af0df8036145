import type { PartyRegister } from '../contracts';
import { detect } from '../personal-data';
import { LIKELY_FROM, nameCandidates, PROPOSE_FROM } from '../personal-data/names/name-model';
import type { AnnotatedSentence } from '../personal-data/names/training/iob2';
import {
  countNames,
  figuresOf,
  type NameCounts,
  type NameFigures,
  type Proposed,
} from '../personal-data/names/training/scores';
import { readUner } from '../personal-data/names/training/training-set';
import { read } from '../personal-data/tokens';
import type { Bench, Figure } from './bench';
import { bootstrap } from './bootstrap';
import { corporaFolder } from './corpora';

type Finder = (text: string) => Proposed[];

const NOBODY: PartyRegister = { case: 'none', requester: 'R', parties: [] };

/** Names in UNER's Danish sentences: `npm run bench -- names [dev|test]`, test when nothing is said. */
export const namesBench: Bench = {
  name: 'names',
  about: 'finds persons in the Danish sentences of UNER, by the model alone and by the program',
  async *run(args: string[]): AsyncIterable<Figure> {
    const part = args.includes('dev') ? 'dev' : 'test';
    const sentences = readUner(corporaFolder(args), part);
    const where = `UNER Danish ${part}, ${sentences.length} sentences`;
    yield* figures(`${where}, model from ${LIKELY_FROM}`, sentences, modelFrom(LIKELY_FROM));
    yield* figures(`${where}, model from ${PROPOSE_FROM}`, sentences, modelFrom(PROPOSE_FROM));
    yield* figures(`${where}, the program without a register`, sentences, program);
  },
};

function* figures(where: string, sentences: AnnotatedSentence[], find: Finder): Iterable<Figure> {
  const counts = sentences.map((sentence) => countNames(sentence, find(sentence.text)));
  const all = figuresOf(counts);
  const figure = (what: string, key: keyof NameFigures): Figure => ({
    what: `${what} (${where})`,
    value: all[key],
    unit: '%',
    interval: bootstrap<NameCounts>(counts, (sample) => figuresOf(sample)[key]),
  });
  yield figure('person F1', 'f1');
  yield figure('word recall', 'wordRecall');
  yield figure('word precision', 'wordPrecision');
}

function modelFrom(threshold: number): Finder {
  return (text) => nameCandidates(read(text), 'prose', threshold);
}

/** Everything the program proposes or keeps as somebody's name: rules, lists and model, for a register without parties. */
function program(text: string): Proposed[] {
  return detect(text, NOBODY).filter(({ type }) => type === 'NAME' || type === 'INITIALS');
}
