import type { EntityManager } from 'typeorm';
import type { Decision } from '../decisions/decision.entity';
import type { Redaction } from '../redaction/redaction.entity';

/** Told in the file itself, so that it can be read when this program is long gone. */
const FORMAT = 'aktindsigt/decision-record/1';

interface FileLine {
  document_id: string;
  number: number;
  source: string;
  source_case_id: string;
  source_document_id: string;
  outcome: string;
  stands_under: number | null;
  withheld_ground: string | null;
  basis: string;
  file_id: string | null;
  source_file_id: string | null;
  sha256: string | null;
  pages: number | null;
}

interface PlaceLine extends Pick<Redaction, 'page' | 'boxes' | 'decision' | 'type' | 'basis'> {
  file_id: string;
  ground_id: string | null;
  decided_by: string;
  decided_at: Date;
}

/**
 * What lets a decision be rebuilt from the journal: which version of which document was decided on, every place that was
 * removed or kept with its ground, and who decided when. It holds places and provisions, never words. The same decision
 * gives the same bytes.
 */
export async function decisionRecord(entities: EntityManager, number: string, decision: Decision): Promise<Buffer> {
  const lines: FileLine[] = await entities.query(
    `select d.id as document_id, d.position as number, s.key as source, c.source_case_id, d.source_document_id, d.outcome,
       o.position as stands_under, d.withheld_ground, c.basis, f.id as file_id, f.source_file_id, f.sha256, f.pages
     from document d join records_case c on c.id = d.records_case_id join source_run r on r.id = c.source_run_id
     join source s on s.id = r.source_id left join document o on o.id = d.duplicate_of left join file f on f.document_id = d.id
     where d.request_id = $1 order by d.position, d.id, f.position, f.id`,
    [decision.requestId],
  );
  const places: PlaceLine[] = await entities.query(
    `select file_id, page, boxes, decision, type, basis, ground_id, decided_by, decided_at from redaction
     where request_id = $1 order by file_id, page, decided_at, id`,
    [decision.requestId],
  );
  const { round, reviewedBy, reviewedAt, signedBy, signedAt, manifestSha256, outcome } = decision;
  const placesOf = grouped(places, ({ file_id }) => file_id);
  const documents = [...grouped(lines, ({ document_id }) => document_id).values()].map((own) =>
    documentOf(own, placesOf),
  );
  const record = {
    format: FORMAT,
    request: number,
    round,
    outcome,
    reviewed: { by: reviewedBy, at: reviewedAt },
    signed: { by: signedBy, at: signedAt },
    manifestSha256,
    documents,
  };
  return Buffer.from(`${JSON.stringify(record, null, 1)}\n`);
}

/** The lines of one document, a line a file. */
function documentOf(own: FileLine[], placesOf: Map<string, PlaceLine[]>): object {
  const [first] = own;
  return {
    number: first.number,
    source: { system: first.source, case: first.source_case_id, document: first.source_document_id },
    outcome: first.outcome,
    basis: first.basis,
    withheldGround: first.withheld_ground,
    standsUnder: first.stands_under,
    files: own.flatMap(({ file_id, source_file_id: file, sha256, pages }) =>
      file_id === null ? [] : [{ file, sha256, pages, places: (placesOf.get(file_id) ?? []).map(placeOf) }],
    ),
  };
}

/** By key, in the order in which the keys come. */
function grouped<Row>(rows: Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

function placeOf(place: PlaceLine): object {
  const { page, boxes, decision, type, basis, ground_id: ground, decided_by: by, decided_at: at } = place;
  return { page: page + 1, boxes, decision, type, basis, ground, by, at };
}
