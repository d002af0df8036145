import { IsNull, type EntityManager } from 'typeorm';
import { searchBalance, type CountedDocument } from './balance';
import { ClaimedSystem } from './claimed-system.entity';
import { DocumentRow } from './document.entity';
import { SourceGapRow } from './source-gap.entity';

/** What keeps a search from being whole, a sentence each: nobody has answered for it yet. */
export async function searchObstacles(entities: EntityManager, requestId: string): Promise<string[]> {
  const gaps = await openGaps(entities, requestId);
  const systems = await entities.findBy(ClaimedSystem, { requestId, state: 'open', sourceId: IsNull() });
  const documents = await entities.findBy(DocumentRow, { requestId });
  const { sources } = await searchBalance(entities, requestId, documents.map(counted), false);
  return [
    ...(gaps > 0
      ? [`${gaps === 1 ? '1 hul' : `${gaps} huller`} i søgningen er ikke forklaret. Se dem under »Søgningen«.`]
      : []),
    ...systems.map(
      ({ name }) => `${name} har en sag om borgeren og er ikke søgt. Tag stilling til det under »Søgningen«.`,
    ),
    ...sources
      .filter(({ isEven }) => !isEven)
      .map(({ name }) => `Regnskabet for ${name} stemmer ikke. Bed driften om at se på det, før der svares.`),
  ];
}

/** A case found by a former number is told of, and is in nobody's way. */
function openGaps(entities: EntityManager, requestId: string): Promise<number> {
  return entities
    .createQueryBuilder(SourceGapRow, 'g')
    .where(`g.request_id = :requestId and g.state = 'open' and g.kind <> 'former_identity'`, { requestId })
    .getCount();
}

function counted({ recordsCaseId, sourceDocumentId }: DocumentRow): CountedDocument {
  return { recordsCaseId, sourceDocumentId, ending: 'open' };
}
