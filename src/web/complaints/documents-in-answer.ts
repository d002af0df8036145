import type { EntityManager } from 'typeorm';
import type { AuthorityKeys } from '../../platform/keys/authority-keys';
import type { ChoiceView } from '../views/klager';

/** A document of the aktliste: those of a protected case are not on it. */
export interface ListedDocument {
  id: string;
  position: number;
  title: string;
  outcome: string;
}

/** What stands on the aktliste, with the titles that staff see. */
export async function documentsInAnswer(
  entities: EntityManager,
  keys: AuthorityKeys,
  requestId: string,
): Promise<ListedDocument[]> {
  const rows: { id: string; position: number; outcome: string; title_sealed: Buffer }[] = await entities.query(
    `select d.id, d.position, d.outcome, d.title_sealed from document d join records_case c on c.id = d.records_case_id
     where d.request_id = $1 and c.existence <> 'protected' and d.outcome <> 'open' order by d.position`,
    [requestId],
  );
  return rows.map(({ title_sealed: sealed, ...row }) => ({ ...row, title: keys.unseal('document.title', sealed) }));
}

export function documentChoices(documents: Pick<ListedDocument, 'position' | 'title'>[]): ChoiceView[] {
  return documents.map(({ position, title }) => ({ value: String(position), label: `${position}. ${title}` }));
}
