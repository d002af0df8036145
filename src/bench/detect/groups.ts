import type { CaseScore, Share } from './case-score';

/** One line of the table: what is counted, what it must reach and what is aimed at, in percent. */
export interface Group {
  name: string;
  must: number;
  aim: number;
  /** Less is better. */
  isCeiling?: boolean;
  of(score: CaseScore): Share;
}

/** The lines that the acceptance of detection is judged by. */
export const GROUPS: readonly Group[] = [
  { name: 'third-party names', must: 98, aim: 99.5, of: types('NAME') },
  {
    name: 'CPR, phone, e-mail, account, plate',
    must: 99,
    aim: 100,
    of: types('CPR', 'CPR_PARTIAL', 'PHONE', 'EMAIL', 'BANK_ACCOUNT', 'PLATE'),
  },
  { name: 'addresses', must: 92, aim: 98, of: types('ADDRESS') },
  { name: 'third persons without a leaked direct identifier', must: 90, aim: 98, of: ({ persons }) => persons },
  {
    name: 'notifiers and protected persons leaked',
    must: 0,
    aim: 0,
    isCeiling: true,
    of: ({ protectedLeaked }) => protectedLeaked,
  },
  { name: 'health, crime, economy of third parties', must: 75, aim: 90, of: types('HEALTH', 'CRIMINAL', 'FINANCE') },
  { name: 'relation phrases', must: 75, aim: 90, of: types('RELATION') },
  { name: 'keep-labels touched', must: 10, aim: 4, isCeiling: true, of: ({ keptTouched }) => keptTouched },
  {
    name: 'unlabelled words redacted',
    must: 2,
    aim: 0.8,
    isCeiling: true,
    of: ({ unlabelledWords }) => unlabelledWords,
  },
];

function types(...names: string[]): (score: CaseScore) => Share {
  return (score) => {
    const sum: Share = { hit: 0, all: 0 };
    for (const name of names) {
      const spans = score.types.get(name)?.spans;
      sum.hit += spans?.hit ?? 0;
      sum.all += spans?.all ?? 0;
    }
    return sum;
  };
}
