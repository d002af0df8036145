import { recordingInWords } from '../gathering/recording.entity';
import { basisProvision, danishDay, groundById, shortLabel } from '../law';
import type { AccessAnswer, AssembledDocument, DocumentListData, DocumentListRow } from '../pdf';
import type { DecidedDocument, DecisionContent } from './decision-content';
import type { GivenRecording } from './given-recordings';
import { countsOf } from './letter-writer';
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
export function documentList(content: DecisionContent, placed: AssembledDocument[]): DocumentListData {
  const numbers = new Map(content.documents.map(({ row: { id, position } }) => [id, position]));
  const firstPage = new Map(placed.map((each) => [String(each.number), each.firstPage]));
  return {
    sender: { municipality: content.authority.name, unit: content.authority.settings.unit },
    addressee: content.requesterName,
    caseNumber: content.request.number,
    date: danishDay(content.decision.reviewedAt),
    rows: content.documents.map((document) =>
      row(
        document,
        firstPage.get(String(document.row.position)),
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
  packagePage: number | undefined,
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
    packagePage,
  };
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
