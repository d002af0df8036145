import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PartyRegister, SpanType } from '../../contracts';

/** What an author marked in a document. Offsets are UTF-16 units. */
export interface Label {
  start: number;
  end: number;
  type: SpanType;
  /** Whose it is, by the register's id or the author's. */
  person: string | null;
  role: string;
  redact: boolean;
  /** A judgement call, counted apart. */
  soft: boolean;
}

/** A document with its labels and what a records system would hand over about its parties. */
export interface LabelledCase {
  name: string;
  text: string;
  labels: Label[];
  register: PartyRegister;
}

/** Every case of a folder, in the order of their names. @throws when the folder holds none. */
export function readCases(folder: string): LabelledCase[] {
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.txt'))
    .map((file) => file.slice(0, -'.txt'.length))
    .sort();
  if (names.length === 0) throw new Error(`There are no labelled cases (NAME.txt with NAME.json) in ${folder}.`);
  const json = <T>(file: string): T => JSON.parse(readFileSync(join(folder, file), 'utf8')) as T;
  return names.map((name) => {
    // People who occur only in the text are the answer, not a hint.
    const { not_in_register: _answer, ...register } = json<PartyRegister & { not_in_register?: unknown }>(
      `${name}.register.json`,
    );
    return {
      name,
      text: readFileSync(join(folder, `${name}.txt`), 'utf8'),
      labels: json<{ labels: Label[] }>(`${name}.json`).labels,
      register,
    };
  });
}

/** Authors are told apart by the first letter of their cases' names. */
export function byAuthor(cases: LabelledCase[]): Map<string, LabelledCase[]> {
  const authors = new Map<string, LabelledCase[]>();
  for (const one of cases) authors.set(one.name[0]!, [...(authors.get(one.name[0]!) ?? []), one]);
  return authors;
}
