import type { EntityManager } from 'typeorm';

/** Number on the aktliste by document. */
export async function documentNumbers(entities: EntityManager, requestId: string): Promise<Map<string, number>> {
  const rows: { id: string; position: number }[] = await entities.query(
    'select id, position from document where request_id = $1',
    [requestId],
  );
  return new Map(rows.map(({ id, position }) => [id, position]));
}
