/** The columns of the list, in order, as Aarhus' caseworkers know them; the last is of the internal view. */
export const COLUMNS = {
  number: { heading: 'Akt ID', width: 8 },
  fileName: { heading: 'Filnavn', width: 40 },
  category: { heading: 'Dokumentkategori', width: 18 },
  date: { heading: 'Dokumentdato', width: 14 },
  id: { heading: 'Dok ID', width: 24 },
  parentId: { heading: 'Bilag til Dok ID', width: 24 },
  isAttachment: { heading: 'Bilag', width: 8 },
  covered: { heading: 'Omfattet af ansøgningen? (Ja/Nej)', width: 20 },
  access: { heading: 'Gives der aktindsigt? (Ja/Nej/Delvis)', width: 22 },
  reason: { heading: 'Begrundelse hvis Nej/Delvis', width: 60 },
  title: { heading: 'Dokumenttitel', width: 50 },
} as const;

export type Column = keyof typeof COLUMNS;

export const ORDER = Object.keys(COLUMNS) as Column[];

/** Without these a list says nothing; the others may be left out of what comes back. */
export const NEEDED: Column[] = ['id', 'covered', 'access', 'reason'];

/** The column with this heading, whatever the spaces, capitals and brackets. */
export function columnOf(heading: string): Column | undefined {
  const wanted = comparable(heading);
  return ORDER.find((column) => comparable(COLUMNS[column].heading) === wanted);
}

function comparable(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/\(.*\)/, '')
    .replace(/[^a-zæøå0-9]/g, '');
}
