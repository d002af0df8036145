import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HeldCase, HeldDocument } from '../records/holdings';
import { asParty, BO, CLARA, employee, HOLGER } from './citizens';
import { filed, HOME } from './filing';

/** Four short documents in four formats, for tests that must be quick. */
export const CLARA_CASE: HeldCase = {
  id: 103,
  number: '05.09.12-G01-31-25',
  title: 'Parkeringskort',
  unit: 'Borgerservice',
  openedAt: '2025-03-20',
  parties: [asParty(CLARA, 'Ansøger', true), HOLGER, employee('Peter Blak')],
  documents: filed(103, 'clara', [
    ['2025-03-20', 'ind', 'Ansøgning om parkeringskort', 'ansoegning.docx'],
    ['2025-03-22', 'ind', 'Foto og forklaring', 'foto-af-indkoersel.jpg'],
    ['2025-04-02', 'intern', 'Telefonnotat', 'telefonnotat.txt'],
    ['2025-05-05', 'ud', 'Svar på ansøgning', 'brev.pdf'],
  ]),
  notes: [],
};

/** Files that cannot be opened, may not be opened without a password, or call home when opened carelessly. */
export const BAD_FILES = {
  damaged: 'beskadiget.pdf',
  needsPassword: 'kraever-kodeord.pdf',
  ownerPasswordOnly: 'kun-ejerkodeord.pdf',
  empty: 'tom.pdf',
  unknownFormat: 'ukendt-format.xyz',
  callsHome: 'ringer-hjem.html',
} as const;

/** The bytes of a bad file; `port` is where the test listens for the document that calls home. */
export function badFile(name: string, port = 9): Buffer {
  const bytes = readFileSync(join(HOME, 'bad', name));
  if (name !== BAD_FILES.callsHome) return bytes;
  return Buffer.from(bytes.toString('utf8').replaceAll('127.0.0.1:PORT', `127.0.0.1:${port}`));
}

/** Bo's case: one document a bad file. */
export function boCase(port?: number): HeldCase {
  return {
    id: 104,
    number: '05.14.00-G01-9-25',
    title: 'Henvendelser om vej',
    unit: 'Teknik og Miljø',
    openedAt: '2025-04-01',
    parties: [asParty(BO, 'Borger', true), employee('Maja Lykke Strand')],
    documents: Object.values(BAD_FILES).map((name, index): HeldDocument => ({
      id: 10401 + index,
      number: `104-${index + 1}`,
      name: `Bilag ${index + 1}`,
      date: '2025-04-04',
      direction: 'ind',
      type: 'Dokument',
      files: [{ id: 104001 + index, name, content: badFile(name, port) }],
    })),
    notes: [],
  };
}
