import { existenceSigns } from '../personal-data';

/** A document's whole text, and the case it lies in. */
export interface DocumentOfCase {
  id: string;
  recordsCaseId: string;
  text: string;
}

/** What in the documents of a case speaks for keeping quiet that it exists. */
export interface CaseSigns {
  recordsCaseId: string;
  /** Danish sentences for staff; a document is named by its id, since its number may change. */
  reasons: string[];
}

/** @param today what a fresh notification is counted from */
export function signsOfCases(documents: readonly DocumentOfCase[], today: Date): CaseSigns[] {
  const caseOf = new Map(documents.map(({ id, recordsCaseId }) => [id, recordsCaseId]));
  const byCase = new Map<string, Map<string, string[]>>();
  for (const { textId, reason } of existenceSigns(documents, today)) {
    const recordsCaseId = caseOf.get(textId) as string;
    const reasons = byCase.get(recordsCaseId) ?? new Map<string, string[]>();
    reasons.set(reason, [...(reasons.get(reason) ?? []), textId]);
    byCase.set(recordsCaseId, reasons);
  }
  return [...byCase].map(([recordsCaseId, reasons]) => ({
    recordsCaseId,
    reasons: [...reasons].map(([reason, ids]) => `${documentsNamed(ids)}: ${reason}`),
  }));
}

/** The reasons with each document's number as it is now. */
export function withNumbers(reason: string, numberOf: (documentId: string) => number | undefined): string {
  return reason.replace(/\[([0-9a-f-]{36})\]/g, (_all, id: string) => String(numberOf(id) ?? '–'));
}

function documentsNamed(ids: string[]): string {
  return `Dokument ${ids.map((id) => `[${id}]`).join(', ')}`;
}
