import type { AccessAnswer, DocumentListRow, LetterGround } from '../../pdf';
import type { AnswerDocument, RemovedKind } from '../views/svar';
import type { DocumentOutcome } from '../views/status-tag';

const OUTCOMES: Record<AccessAnswer, DocumentOutcome> = {
  Ja: 'full',
  Delvis: 'partial',
  Nej: 'withheld',
  'Uden for': 'outside',
  Dublet: 'duplicate',
};

/** A line of the aktliste as it was sent. */
export function answerDocument(row: DocumentListRow): AnswerDocument {
  return {
    number: row.number,
    date: row.date || undefined,
    title: row.title,
    type: row.kind,
    pages: row.pages,
    outcome: OUTCOMES[row.access],
    provisions: row.ground ? [row.ground] : [],
    packagePage: row.packagePage,
    packagePart: row.packagePart,
  };
}

/** The letter's own reasons for one provision. */
export function removedKind(ground: LetterGround, passages: number): RemovedKind {
  const reasons = [
    ground.provisionText,
    ground.documents,
    ground.extraction,
    ground.restOfDocument,
    ground.extraAccess,
  ];
  return { provision: ground.citation, passages, reason: reasons.filter(Boolean).join(' ') };
}
