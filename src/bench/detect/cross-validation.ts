import { readRequest } from '../../personal-data';
import { scoreCase, together, type CaseScore } from './case-score';
import { GROUPS } from './groups';
import type { LabelledCase } from './labelled-case';

const THRESHOLDS = [0.1, 0.2, 0.3, 0.5, 0.7, 0.9];
/** A word removed without need weighs as much as this many names left visible, both in percent. */
const NEEDLESS = 2;

/** Scores of cases, as the program is set or with another threshold for names that only the model sees. */
export function scoresFrom(cases: LabelledCase[], proposeNamesFrom?: number): CaseScore[] {
  return cases.map((one) => {
    const found = readRequest([{ id: one.name, text: one.text }], one.register, { proposeNamesFrom });
    return scoreCase(one, found.spans.get(one.name)!);
  });
}

/** The threshold under which these cases come out best: few names left visible, few words removed without need. */
export function chooseThreshold(cases: LabelledCase[]): number {
  const costs = THRESHOLDS.map((threshold) => costOf(together(scoresFrom(cases, threshold))));
  return THRESHOLDS[costs.indexOf(Math.min(...costs))]!;
}

function costOf(score: CaseScore): number {
  const percent = (name: string): number => {
    const { hit, all } = GROUPS.find((group) => group.name === name)!.of(score);
    return (100 * hit) / all;
  };
  return 100 - percent('third-party names') + NEEDLESS * percent('unlabelled words redacted');
}
