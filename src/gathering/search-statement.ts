import type { EntityManager } from 'typeorm';
import { clock, danishDay, longDate } from '../law';
import { SourceRow } from './source.entity';
import { SourceRun } from './source-run.entity';

/** What was searched, as a citizen reads it, generated from what the connectors reported. One sentence a source. */
export async function searchStatements(entities: EntityManager, requestId: string): Promise<string[]> {
  const runs = await entities.findBy(SourceRun, { requestId });
  const sources = new Map((await entities.find(SourceRow)).map((source) => [source.id, source]));
  const hidden = await protectedCounts(entities, requestId);
  return runs
    .map((run) => ({ run: withoutProtected(run, hidden), source: sources.get(run.sourceId) as SourceRow }))
    .sort((a, b) => (a.source.key < b.source.key ? -1 : 1))
    .map(({ run, source }) => searchStatement(run, source));
}

/** What a source listed that does not exist for the citizen, by run. */
export type ProtectedCounts = Map<string, { cases: number; documents: number }>;

export async function protectedCounts(entities: EntityManager, requestId: string): Promise<ProtectedCounts> {
  const rows: { source_run_id: string; cases: number; documents: number }[] = await entities.query(
    `select c.source_run_id, count(distinct c.id)::int as cases,
            count(d.id) filter (where d.source_document_id not like '%#%')::int as documents
     from records_case c left join document d on d.records_case_id = c.id
     where c.request_id = $1 and c.existence = 'protected' group by 1`,
    [requestId],
  );
  return new Map(rows.map((row) => [row.source_run_id, row]));
}

/** The run as a citizen may know it: with the sums that it would have if the protected cases were not there. */
export function withoutProtected(run: SourceRun, hidden: ProtectedCounts): SourceRun {
  const { cases, documents } = hidden.get(run.id) ?? { cases: 0, documents: 0 };
  return { ...run, cases: run.cases - cases, documents: run.documents - documents };
}

export function searchStatement(run: SourceRun, source: SourceRow): string {
  const day = run.finishedAt ? `den ${longDate(danishDay(run.finishedAt))} kl. ${clock(run.finishedAt)}` : '';
  if (run.state === 'skipped')
    return `${capital(source.name)} kunne ikke søges automatisk. En medarbejder har søgt manuelt ${day}: ${run.skippedReason}`;
  if (run.state !== 'complete') return `${capital(source.name)} er endnu ikke søgt færdigt.`;
  const found =
    run.documents === 0 && run.cases === 0
      ? 'ingen sager'
      : `${count(run.cases, 'sag', 'sager')}, ${count(run.documents, 'dokument', 'dokumenter')}`;
  return `Vi søgte ${day} i ${source.name}, ${coverageWords(run)}: ${found}.`;
}

function coverageWords({ coverage }: SourceRun): string {
  const cases = coverage?.includesClosed ? 'i åbne og afsluttede sager' : 'i åbne sager';
  return coverage?.partyRoles.includes('secondary')
    ? `${cases}, hvor du er part`
    : `${cases}, hvor du er den primære part`;
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
