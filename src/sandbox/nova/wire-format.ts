import type { HeldCase, HeldDocument, HeldNote } from '../records/holdings';

const DIRECTIONS = { ind: 'Indgående', ud: 'Udgående', intern: 'Internt' } as const;

/** The uuid of a held item; its number can be read back by {@link idOf}. */
export function uuidOf(id: number): string {
  return `7d0c0000-0000-4000-8000-${String(id).padStart(12, '0')}`;
}

export function idOf(uuid = ''): number {
  return Number(uuid.slice(-12));
}

export function caseOnWire(held: HeldCase): Record<string, unknown> {
  const [, kle, facet] = /^(\d{2}\.\d{2}\.\d{2})-([A-ZÆØÅ]\d{2})-/.exec(held.number) ?? [];
  const worker = held.parties.find(({ employee }) => employee);
  const parties = held.parties.filter(({ employee }) => !employee);
  return {
    common: { uuid: uuidOf(held.id) },
    caseAttributes: { title: held.title, userFriendlyCaseNumber: held.number, caseDate: `${held.openedAt}T00:00:00` },
    state: { activeCode: held.closedAt ? 'Passiv' : 'Aktiv', progressState: held.closedAt ? 'Afsluttet' : 'Oplyst' },
    caseClassification: { kleNumber: { code: kle }, proceedingFacet: { code: facet } },
    numberOfDocuments: held.documents.length,
    numberOfJournalNotes: held.notes.length,
    caseworker: worker && { kspIdentity: { fullName: worker.name } },
    responsibleDepartment: { losIdentity: { fullName: held.unit } },
    caseParties: parties.map((party, index) => ({
      index: String(index + 1),
      identificationType: party.cpr ? 'CprNummer' : 'Frit',
      identification: party.cpr?.replace('-', '') ?? party.name,
      participantRole: party.primary ? 'Primær' : 'Sekundær',
      name: party.name,
    })),
  };
}

export function documentOnWire(held: HeldDocument): Record<string, unknown> {
  return {
    title: held.name,
    documentType: DIRECTIONS[held.direction],
    approved: !held.draft,
    documentDate: `${held.date}T00:00:00`,
    fileExtension: held.files[0]?.name.split('.').pop(),
    sensitivity: 'Fortrolige',
  };
}

export function noteOnWire(note: HeldNote): object {
  return {
    uuid: uuidOf(note.id),
    approved: true,
    journalNoteAttributes: {
      title: note.title,
      format: 'Html',
      note: Buffer.from(note.html).toString('base64'),
      createdTime: `${note.date}T00:00:00`,
      journalNoteAuthor: note.author,
    },
  };
}

/** Nova gives the uuid always and of the rest only what is asked for; parties go by a name of their own. */
export function onlyAsked(row: Record<string, unknown>, output: Record<string, unknown>): Record<string, unknown> {
  const given = Object.entries(row).filter(([name]) => {
    return name === 'common' || output[name === 'caseParties' ? 'caseParty' : name] !== undefined;
  });
  return Object.fromEntries(given);
}
