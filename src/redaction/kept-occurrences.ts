import type { KeptOccurrence } from '../contracts';
import type { Redaction } from './redaction.entity';

/**
 * What the gate is told of a decision to keep a passage: page, boxes, about whom, and who decided.
 * @param firstPage the page (from 0) on which the passage's file begins in the PDF that is judged
 */
export function keptOccurrences(row: Redaction, firstPage = 0): KeptOccurrence[] {
  const { id, partyKey, decidedBy, decidedAt } = row;
  const decision = {
    id,
    ...(partyKey === null ? {} : { person: partyKey }),
    decidedBy,
    decidedAt: decidedAt.toISOString(),
  };
  return row.boxes.map((box) => ({ page: firstPage + row.page, box, decision }));
}
