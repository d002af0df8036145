import { join, resolve } from 'node:path';
import { detect } from '../personal-data';
import type { Bench, Figure } from './bench';
import { bootstrap } from './bootstrap';
import { corporaFolder, ROOT } from './corpora';
import { together, type CaseScore, type Miss } from './detect/case-score';
import { channelFigures } from './detect/channel-figures';
import { legalTexts, newsWithoutPersons, SOMEBODY, wordCount } from './detect/clean-text';
import { GROUPS, type Group } from './detect/groups';
import { byAuthor, readCases, type LabelledCase } from './detect/labelled-case';
import { chooseThreshold, scoresFrom } from './detect/cross-validation';
import { speedFigures } from './detect/speed';

const LISTED_MISSES = 10;

/**
 * `npm run bench -- detect [FOLDER] [--misses] [--only=cases,channels,clean,speed] [--ocr=COUNT]`: labelled cases of the
 * folder (test/data/cases when none is named), by the groups that acceptance asks for.
 */
export const detectBench: Bench = {
  name: 'detect',
  about: 'proposes removals in labelled cases, in the same through other channels, and in text without private persons',
  async *run(args: string[]): AsyncIterable<Figure> {
    const folder = args.find((argument) => !argument.startsWith('--'));
    const cases = readCases(folder ? resolve(folder) : join(ROOT, 'test/data/cases'));
    const only = args
      .find((argument) => argument.startsWith('--only='))
      ?.slice('--only='.length)
      .split(',');
    const isAsked = (part: string): boolean => only?.includes(part) ?? true;
    if (isAsked('cases')) yield* caseFigures(cases, args.includes('--misses'));
    if (isAsked('channels')) yield* channelFigures(cases, ocrCount(args));
    if (isAsked('clean')) yield* cleanFigures(args);
    if (isAsked('speed')) yield* speedFigures(cases);
  },
};

function ocrCount(args: string[]): number {
  return Number(args.find((argument) => argument.startsWith('--ocr='))?.slice('--ocr='.length) ?? 6);
}

/** Each author by itself and all together; what is tuned on cases, the model's threshold, is chosen on the other authors. */
function* caseFigures(cases: LabelledCase[], withMisses: boolean): Iterable<Figure> {
  const authors = byAuthor(cases);
  for (const [author, own] of authors) {
    const others = cases.filter((one) => !own.includes(one));
    const threshold = others.length > 0 ? chooseThreshold(others) : undefined;
    const how = threshold === undefined ? 'as the program is set' : `threshold ${threshold}, chosen on the others`;
    yield* groupFigures(`author ${author}, ${own.length} cases, ${how}`, scoresFrom(own, threshold));
  }
  const scores = scoresFrom(cases);
  yield* groupFigures(`all ${cases.length} cases, as the program is set`, scores);
  if (withMisses) yield* worstMisses(together(scores).misses);
}

function* groupFigures(where: string, scores: CaseScore[]): Iterable<Figure> {
  for (const group of GROUPS) {
    const { hit, all } = group.of(together(scores));
    yield {
      what: `${group.name} (${where})`,
      value: percent(group, scores),
      unit: '%',
      interval: bootstrap(scores, (sample) => percent(group, sample)),
      detail: { hit, all, must: group.must, aim: group.aim, order: group.isCeiling ? 'at most' : 'at least' },
    };
  }
}

function percent(group: Group, scores: CaseScore[]): number {
  const { hit, all } = group.of(together(scores));
  return Number(((100 * hit) / all).toFixed(1));
}

/** Names weigh most, then what identifies directly; of equals the one with more letters left visible. No text is printed. */
function* worstMisses(misses: Miss[]): Iterable<Figure> {
  const weight = ({ label, covered }: Miss): number =>
    (/notifier|protected address/.test(label.role) ? 1000 : 0) +
    (GROUPS.slice(0, 3).some((group) => group.of(only(label.type)).all > 0) ? 500 : 0) +
    (1 - covered) * (label.end - label.start);
  for (const miss of [...misses].sort((a, b) => weight(b) - weight(a)).slice(0, LISTED_MISSES))
    yield {
      what: `missed ${miss.label.type} of ${miss.label.person ?? 'nobody'} in ${miss.case}`,
      value: Number((100 * miss.covered).toFixed(0)),
      unit: '% of its letters covered',
      detail: { start: miss.label.start, end: miss.label.end },
    };
}

/** A score that holds one label of a type, to ask which group counts it. */
function only(type: string): CaseScore {
  const score = together([]);
  score.types.set(type, { spans: { hit: 0, all: 1 }, letters: { hit: 0, all: 1 } });
  return score;
}

function* cleanFigures(args: string[]): Iterable<Figure> {
  const sets: [string, string[]][] = [
    ['legal texts', legalTexts()],
    ['news sentences without persons', newsWithoutPersons(corporaFolder(args))],
  ];
  for (const [name, texts] of sets) {
    const words = texts.reduce((sum, text) => sum + wordCount(text), 0);
    const proposals = texts.flatMap((text) => detect(text, SOMEBODY).filter(({ redact }) => redact));
    const types: Record<string, number> = {};
    for (const { type } of proposals) types[type] = (types[type] ?? 0) + 1;
    yield {
      what: `false proposals in ${name}`,
      value: Number(((1000 * proposals.length) / words).toFixed(2)),
      unit: 'per 1,000 words',
      detail: { words, proposals: proposals.length, types, must: 3, order: 'at most' },
    };
  }
}
