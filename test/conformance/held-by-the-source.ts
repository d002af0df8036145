import type { HeldCase, HeldCaseless, HeldDocument, HeldParty } from '../../src/sandbox/records/holdings';

/** Invented, and wrong by modulus 11. */
export const CITIZEN = '140683-1215';
export const OTHER = '030786-1458';
export const PDF = Buffer.from(`%PDF-1.7\n${'sagsakt '.repeat(2000)}\n%%EOF\n`);

export const citizen: HeldParty = { name: 'Bo Vang Iversen', part: 'Borger', primary: true, cpr: CITIZEN };
export const stranger: HeldParty = { name: 'Aynur Demir', part: 'Borger', primary: true, cpr: OTHER };

/** A letter of one file; its title is `Brev <id>`, its bytes are its own. */
export function letter(id: number, change: Partial<HeldDocument> = {}): HeldDocument {
  return {
    id,
    name: `Brev ${id}`,
    number: String(id),
    date: '2024-01-03',
    direction: 'ind',
    type: 'Dokument',
    files: [{ id: id * 10, name: `Brev ${id}.pdf`, content: Buffer.concat([PDF, Buffer.from(`${id}\n`)]) }],
    ...change,
  };
}

export function caselessLetter(id: number, parties: HeldParty[] = [citizen]): HeldCaseless {
  return { ...letter(id), parties };
}

/** An open case of the citizen with one letter and without notes. */
export function heldCase(id: number, change: Partial<HeldCase> = {}): HeldCase {
  return {
    id,
    number: `32.24.04-G01-${id}-24`,
    title: `Sag ${id} om ${CITIZEN}`,
    unit: 'Ydelse',
    openedAt: '2024-01-02',
    parties: [citizen],
    documents: [letter(id * 100)],
    notes: [],
    ...change,
  };
}

export function cases(count: number): HeldCase[] {
  return Array.from({ length: count }, (_, index) => heldCase(index + 1));
}

/** A case that says something of everything: two letters and a note. */
export function fullCase(id: number, change: Partial<HeldCase> = {}): HeldCase {
  const html = '<p>Ringede & spurgte</p>';
  const notes = [{ id: id * 10_000, title: 'Telefonnotat', date: '2024-01-04', author: 'KJ', html }];
  return heldCase(id, { documents: [letter(id * 100), letter(id * 100 + 1)], notes, ...change });
}

export function numbersOf(held: { cases: HeldCase[]; caseless?: HeldCaseless[] }): number[] {
  const documents = [...held.cases.flatMap((each) => each.documents), ...(held.caseless ?? [])];
  return documents.map(({ id }) => id).sort((a, b) => a - b);
}
