import { In, type EntityManager } from 'typeorm';
import { RecordsCaseRow } from './records-case.entity';
import { NOT_CONNECTED, holdsRecords, REFERRAL } from './source-kinds';
import { SourceRow } from './source.entity';
import { SourceRun } from './source-run.entity';

/** Where a listed item ended. */
export type Ending = 'full' | 'partial' | 'withheld' | 'outside' | 'duplicate' | 'failed' | 'open';

/** A document as the balance counts it. */
export interface CountedDocument {
  recordsCaseId: string;
  sourceDocumentId: string;
  ending: Ending;
}

/** What became of everything that one source listed. */
export interface SourceBalance {
  runId: string;
  name: string;
  /** What the source says there is, where it says so; attachments and later versions are in no source's sum. */
  claimed: number | null;
  /** What it listed, by the search's own count. */
  listed: number;
  /** Documents found inside files: attachments of mails, files of archives. */
  inside: number;
  endings: Record<Ending, number>;
  /** Every item ended in one place, and there are as many as were listed and found inside. */
  isEven: boolean;
}

/** Both sides of the account, by source. */
export interface SearchBalance {
  sources: SourceBalance[];
  /** Known to hold personal data and not searched. */
  notSearched: string[];
  /** Other archives and where to ask them. */
  referrals: string[];
}

/**
 * Draws up the account of a search. With `isForCitizen` a protected case is in no sum: neither among what was claimed nor
 * among what was listed.
 */
export async function searchBalance(
  entities: EntityManager,
  requestId: string,
  documents: CountedDocument[],
  isForCitizen: boolean,
): Promise<SearchBalance> {
  const runs = await entities.findBy(SourceRun, { requestId });
  const sources = new Map((await entities.find(SourceRow)).map((source) => [source.id, source]));
  const cases = await entities.findBy(RecordsCaseRow, { requestId });
  const hidden = new Set(
    isForCitizen ? cases.filter(({ existence }) => existence === 'protected').map(({ id }) => id) : [],
  );
  const claims = await claimedCounts(entities, runs, isForCitizen);
  const listed = await hiddenListed(entities, hidden);
  const runOf = new Map(cases.map(({ id, sourceRunId }) => [id, sourceRunId]));
  const rows = runs
    .filter(({ sourceId }) => holdsRecords(sources.get(sourceId)?.kind ?? ''))
    .map((run) => ({ run, source: sources.get(run.sourceId) as SourceRow }))
    .sort((a, b) => (a.source.key < b.source.key ? -1 : 1))
    .map(({ run, source }) => {
      const own = documents.filter(
        (each) => runOf.get(each.recordsCaseId) === run.id && !hidden.has(each.recordsCaseId),
      );
      const count = run.documents - (listed.get(run.id) ?? 0);
      return sourceBalance(run.id, source.name, claims.get(run.id) ?? null, count, own);
    });
  return { sources: rows, ...(await notAsked(entities, [...sources.values()])) };
}

/** One source's line: pure counting. */
export function sourceBalance(
  runId: string,
  name: string,
  claimed: number | null,
  listed: number,
  documents: CountedDocument[],
): SourceBalance {
  const endings: Record<Ending, number> = {
    ...{ full: 0, partial: 0, withheld: 0, outside: 0, duplicate: 0, failed: 0, open: 0 },
  };
  for (const { ending } of documents) endings[ending] += 1;
  const inside = documents.filter(({ sourceDocumentId }) => sourceDocumentId.includes('#')).length;
  return { runId, name, claimed, listed, inside, endings, isEven: documents.length === listed + inside };
}

/** Sum of what each source claims for the cases that were gathered; absent where it claims nothing, or no notes while it has some. */
async function claimedCounts(
  entities: EntityManager,
  runs: SourceRun[],
  isForCitizen: boolean,
): Promise<Map<string, number>> {
  const rows: { source_run_id: string; count: number }[] = await entities.query(
    `select l.source_run_id, sum(l.count)::int as count from source_claim l
     join records_case c on c.source_run_id = l.source_run_id and c.source_case_id = l.source_case_id
     where l.source_run_id = any($1) and l.of <> 'cases' and not (c.existence = 'protected' and $2)
       and not exists (
         select 1 from records_case k join document d on d.records_case_id = k.id
         where k.source_run_id = l.source_run_id and d.kind = 'journalNote' and not exists (
           select 1 from source_claim n
           where n.source_run_id = k.source_run_id and n.source_case_id = k.source_case_id and n.of = 'notes'))
     group by 1`,
    [runs.map(({ id }) => id), isForCitizen],
  );
  return new Map(rows.map((row) => [row.source_run_id, row.count]));
}

async function hiddenListed(entities: EntityManager, hidden: Set<string>): Promise<Map<string, number>> {
  if (hidden.size === 0) return new Map();
  const rows: { source_run_id: string; count: number }[] = await entities.query(
    `select c.source_run_id, count(d.id)::int as count from records_case c join document d on d.records_case_id = c.id
     where c.id = any($1) and d.source_document_id not like '%#%' group by 1`,
    [[...hidden]],
  );
  return new Map(rows.map((row) => [row.source_run_id, row.count]));
}

async function notAsked(entities: EntityManager, sources: SourceRow[]) {
  const known = await entities.findBy(SourceRow, {
    id: In(sources.map(({ id }) => id)),
    kind: In([NOT_CONNECTED, REFERRAL]),
    enabled: true,
  });
  const inOrder = known.sort((a, b) => (a.key < b.key ? -1 : 1));
  return {
    notSearched: inOrder.filter(({ kind }) => kind === NOT_CONNECTED).map(({ name, owner }) => `${name} (${owner})`),
    referrals: inOrder.filter(({ kind }) => kind === REFERRAL).map(({ name, owner }) => `${name}: ${owner}`),
  };
}
