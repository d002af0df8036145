import { recordingInWords } from '../../gathering/recording.entity';
import { longDate } from '../../law';
import type { Complaint, CameBy } from '../complaints/complaint.entity';
import type { AppealContent, AppealDocument } from './appeal-content';

const CAME_BY: Record<CameBy, string> = {
  portal: 'på kommunens side',
  'digital-post': 'i Digital Post',
  letter: 'som brev',
  mail: 'som mail',
  spoken: 'mundtligt',
  forwarded: 'videresendt af en anden myndighed',
};

export function cameByInWords(cameBy: CameBy): string {
  return CAME_BY[cameBy];
}

/** "hele svaret", "dokument 4", "et fjernet sted i dokument 4, side 12 i pakken". */
export function aboutInWords({ about, packagePage }: Complaint, documentNumber: number | null): string {
  if (about === 'whole') return 'hele svaret';
  if (about === 'delay') return 'den tid, det tager';
  const document = documentNumber === null ? 'et dokument' : `dokument ${documentNumber}`;
  if (about === 'document') return document;
  return `et fjernet sted i ${document}${packagePage === null ? '' : `, side ${packagePage} i pakken`}`;
}

/** What the first page says of the file, as label and value. */
export function coverRows(
  content: AppealContent,
  reference: string | null,
  today: (at: Date) => string,
): { label: string; value: string }[] {
  const { appeal, request, requesterName, decision, signer, complaint, orderedBy } = content;
  return [
    { label: 'Modtager', value: appeal.recipient },
    ...(reference ? [{ label: 'Modtagerens sagsnummer', value: reference }] : []),
    { label: 'Skal være fremme senest', value: longDate(appeal.dueOn) },
    { label: 'Borger', value: requesterName },
    { label: 'Kommunens sagsnummer', value: request.number },
    { label: 'Anmodningen kom', value: longDate(request.receivedOn) },
    { label: 'Svaret blev godkendt', value: `${longDate(today(decision.signedAt as Date))} af ${signer}` },
    ...(complaint
      ? [
          { label: 'Klagen kom', value: longDate(complaint.receivedOn) },
          { label: 'Klagen behandles efter', value: complaint.legalSource },
        ]
      : []),
    { label: 'Filen er lavet', value: `${longDate(today(appeal.orderedAt))} for ${orderedBy}` },
  ];
}

/** Why a file of a document has no pages here; the recipient is told where it is instead. */
export function slipInWords(
  { row, title }: AppealDocument,
  recordingMedium: 'audio' | 'video' | null,
  isWithheldHere: boolean,
): string {
  if (isWithheldHere)
    return `Dokument ${row.position} »${title}« er holdt tilbage for borgeren og er ikke åbnet for modtageren af denne fil.`;
  if (recordingMedium)
    return `Dokument ${row.position} »${title}« er en ${recordingInWords(recordingMedium)}, som ikke kan gengives på sider. Kommunen sender den særskilt.`;
  return `Dokument ${row.position} »${title}« har en fil, som kommunen ikke har kunnet åbne. Den ligger uændret i fagsystemet, og kommunen sender den særskilt.`;
}
