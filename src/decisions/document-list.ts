import { recordingInWords } from '../gathering/recording.entity';
import { basisProvision, danishDay, groundById, shortLabel } from '../law';
import type { AccessAnswer, DocumentListData, DocumentListRow } from '../pdf';
import type { DecidedDocument, DecisionContent } from './decision-content';
import type { GivenRecording } from './given-recordings';
import { countsOf } from './letter-writer';
import { PackagePlaces, type PlaceInPackage } from './package-places';
import { searchAccount } from './search-account';

const ANSWERS: Record<DecidedDocument['outcome'], AccessAnswer> = {
  full: 'Ja',
  partial: 'Delvis',
  withheld: 'Nej',
  outside: 'Uden for',
  duplicate: 'Dublet',
};
const KINDS: Record<string, string> = {
  document: 'Dokument',
  journalNote: 'Journalnotat',
  mail: 'Mail',
  message: 'Besked',
  form: 'Blanket',
};

/** The aktliste: a line for every document of the cases, given or not. */
export function documentList(content: DecisionContent, places = PackagePlaces.NONE): DocumentListData {
  const numbers = new Map(content.documents.map(({ row: { id, position } }) => [id, position]));
  return {
    sender: { municipality: content.authority.name, unit: content.authority.settings.unit },
    addressee: content.requesterName,
    caseNumber: content.request.number,
    date: danishDay(content.decision.reviewedAt),
    rows: content.documents.map((document) =>
      row(
        document,
        placeOf(document, places),
        content.recordings.filter(({ position }) => position === document.row.position),
        numbers,
      ),
    ),
    counts: countsOf(content.documents),
    sources: content.sources,
    account: searchAccount(content.balance),
  };
}

function row(
  { row: document, files, recordsCase, title, outcome, grounds }: DecidedDocument,
  place: Partial<PlaceInPackage>,
  recordings: GivenRecording[],
  numbers: Map<string, number>,
): DocumentListRow {
  return {
    number: String(document.position),
    date: document.documentDate ?? '',
    direction: (document.direction ?? '') as DocumentListRow['direction'],
    title,
    kind: recordings[0]
      ? capital(recordingInWords(recordings[0].recording.medium))
      : (KINDS[document.kind] ?? 'Dokument'),
    pages: files.reduce((sum, file) => sum + (file.pages ?? 0), 0),
    case: recordsCase.label.replace(/^sag /, ''),
    basis: capital(basisProvision(recordsCase.basis)),
    access: ANSWERS[outcome],
    ground: [
      ...grounds.map((id) => groundById(id)).flatMap((ground) => (ground ? [shortLabel(ground)] : [])),
      ...recordings.map(howGiven),
      ...standsUnder(document.duplicateOf, numbers),
    ].join(', '),
    packagePart: place.part,
    packagePage: place.page,
  };
}

/** The part is told only where there are several. */
function placeOf({ row: { position } }: DecidedDocument, places: PackagePlaces): Partial<PlaceInPackage> {
  const place = places.of(position);
  return { page: place?.page, ...(places.parts > 1 ? { part: place?.part } : {}) };
}

/** Where the citizen finds the document that stands for a copy. */
function standsUnder(duplicateOf: string | null, numbers: Map<string, number>): string[] {
  const number = duplicateOf === null ? undefined : numbers.get(duplicateOf);
  return number === undefined ? [] : [`se nr. ${number}`];
}

/** Where the citizen finds a recording. */
function howGiven({ recording, fileName }: GivenRecording): string {
  if (fileName) return fileName;
  if (recording.outcome === 'transcript') return 'udskrift';
  return recording.medium === 'audio' ? 'høres hos os' : 'ses hos os';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
