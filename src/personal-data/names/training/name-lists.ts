import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Names in Denmark, the frequent ones first. */
export interface NameLists {
  women: string[];
  men: string[];
  surnames: string[];
  /** Danish surnames are often names of places. */
  placeSurnames: string[];
  /** First names and surnames of families from abroad. */
  minorityFirst: string[];
  minorityLast: string[];
  streets: string[];
  towns: string[];
}

/** @throws when the folder does not hold the corpora. */
export function readNameLists(corpora: string): NameLists {
  const lines = (file: string): string[] => readFileSync(join(corpora, file), 'utf8').split('\n').filter(Boolean);
  const statistics = (file: string): string[] =>
    lines(`os2datascanner/${file}`)
      .map((line) => JSON.parse(line) as string)
      .filter((name) => /^\p{L}[\p{L}'.-]+$/u.test(name))
      .map(capitalised);
  const dacy = lines('dacy_names/names.csv')
    .slice(1)
    .map((line) => line.split(','));
  const minority = (isFirst: string): string[] =>
    dacy.filter((row) => row[2] === 'muslim' && row[4] === isFirst).map((row) => row[1]!);
  const women = statistics('da_20140101_dst_fornavne-kvinder.jsonl');
  const men = statistics('da_20140101_dst_fornavne-mænd.jsonl');
  return {
    women: women.slice(0, 15_000),
    men: men.slice(0, 15_000),
    surnames: statistics('da_20140101_dst_efternavne.jsonl'),
    placeSurnames: placeNames(lines('dawa/ejerlav.csv').slice(1)),
    minorityFirst: [...minority('True'), ...women.slice(3_000, 6_000), ...men.slice(3_000, 6_000)],
    minorityLast: minority('False'),
    streets: lines('os2datascanner/da_addresses.jsonl').map((line) => JSON.parse(line) as string),
    towns: [
      ...new Set(
        lines('dawa/postnumre.csv')
          .slice(1)
          .map((line) => line.split(';')[1]!.trim()),
      ),
    ],
  };
}

/** `ANNE-METTE` -> `Anne-Mette`. */
export function capitalised(name: string): string {
  return name
    .toLowerCase()
    .replace(/(^|[-' .])(\p{L})/gu, (_all, mark: string, letter: string) => mark + letter.toUpperCase());
}

function placeNames(rows: string[]): string[] {
  const names = rows.map((row) => row.split(';')[1]!.split(',')[0]!.replace(/ By$/, '').trim());
  return [...new Set(names)].filter((name) => /^\p{Lu}\p{Ll}{4,11}$/u.test(name)).sort();
}
