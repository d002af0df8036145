import type { EntityManager } from 'typeorm';
import type { AuthorityKeys } from '../../platform/keys/authority-keys';

const COLUMN = 'title_removal.words';

/** Words that a caseworker has taken out of titles, by the id of the document or case. */
export async function chosenTitleWords(
  entities: EntityManager,
  keys: AuthorityKeys,
  requestId: string,
): Promise<Map<string, string[]>> {
  const rows: { title_of: string; words_sealed: Buffer }[] = await entities.query(
    'select title_of, words_sealed from title_removal where request_id = $1',
    [requestId],
  );
  const words = new Map<string, string[]>();
  for (const row of rows)
    words.set(row.title_of, [...(words.get(row.title_of) ?? []), keys.unseal(COLUMN, row.words_sealed)]);
  return words;
}

export async function removeFromTitle(
  entities: EntityManager,
  keys: AuthorityKeys,
  place: { authorityId: string; requestId: string; titleOf: string },
  words: string,
): Promise<void> {
  await entities.query(
    'insert into title_removal (authority_id, request_id, title_of, words_sealed) values ($1, $2, $3, $4)',
    [place.authorityId, place.requestId, place.titleOf, keys.seal(COLUMN, words)],
  );
}
