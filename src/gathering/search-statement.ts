import type { EntityManager } from 'typeorm';
import { clock, danishDay, longDate } from '../law';
import { ClaimedSystem } from './claimed-system.entity';
import { RecordsCaseRow } from './records-case.entity';
import { SourceGapRow } from './source-gap.entity';
import { CASE_INDEX, holdsRecords, isByHand, PERSON_REGISTER } from './source-kinds';
import { SourceRow } from './source.entity';
import { SourceRun } from './source-run.entity';

/** What was searched, as a citizen reads it, generated from what the connectors reported. One sentence a source. */
export async function searchStatements(entities: EntityManager, requestId: string): Promise<string[]> {
  const runs = await entities.findBy(SourceRun, { requestId });
  const sources = new Map((await entities.find(SourceRow)).map((source) => [source.id, source]));
  const hidden = await protectedCounts(entities, requestId);
  const ordered = runs
    .map((run) => ({ run: withoutProtected(run, hidden), source: sources.get(run.sourceId) as SourceRow }))
    .sort((a, b) => (a.source.key < b.source.key ? -1 : 1));
  const told = await toldGaps(entities, requestId);
  return [
    ...ordered
      .filter(({ source }) => holdsRecords(source.kind))
      .flatMap(({ run, source }) => [
        searchStatement(run, source),
        ...(told.get(run.id) ?? []).map((words) => `Om ${source.name}: ${ended(words)}`),
      ]),
    ...(await indexStatements(entities, ordered, requestId)),
  ];
}

/** What a source listed that does not exist for the citizen, by run. */
export type ProtectedCounts = Map<string, { cases: number; documents: number }>;

export async function protectedCounts(entities: EntityManager, requestId: string): Promise<ProtectedCounts> {
  const rows: { source_run_id: string; cases: number; documents: number }[] = await entities.query(
    `select c.source_run_id, count(distinct c.id) filter (where not c.caseless)::int as cases,
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
  const day = run.finishedAt ? moment(run.finishedAt) : '';
  if (run.state === 'skipped') return handStatement(run, source, day);
  if (run.state === 'left_out')
    return `Vi har ikke søgt færdigt i ${source.name}, og svaret er derfor ikke fuldstændigt. ${ended(run.skippedReason ?? '')}`;
  if (run.state !== 'complete') return `${capital(source.name)} er endnu ikke søgt færdigt.`;
  return `Vi søgte ${day} i ${source.name}, ${coverageWords(run)}: ${found(run)}.`;
}

/** True when somebody decided that the citizen is answered before everything has been searched. */
export async function isPartialAnswer(entities: EntityManager, requestId: string): Promise<boolean> {
  return (
    (await entities.existsBy(SourceRun, { requestId, state: 'left_out' })) ||
    entities.existsBy(ClaimedSystem, { requestId, state: 'left_out' })
  );
}

function handStatement(run: SourceRun, source: SourceRow, day: string): string {
  const gave = run.documents > 0 ? ` Søgningen gav ${count(run.documents, 'dokument', 'dokumenter')}.` : '';
  const words = ended(run.skippedReason ?? '');
  return isByHand(source.kind)
    ? `En medarbejder søgte ${day} manuelt i ${source.name}: ${words}${gave}`
    : `${capital(source.name)} kunne ikke søges automatisk. En medarbejder har søgt manuelt ${day}: ${words}${gave}`;
}

/** Systems that claim a case and are searched by nobody, and what somebody did about it. Hidden ones are named nowhere. */
async function indexStatements(
  entities: EntityManager,
  ordered: { run: SourceRun; source: SourceRow }[],
  requestId: string,
): Promise<string[]> {
  const asked = ordered.find(({ source }) => source.kind === CASE_INDEX);
  const unsure = ordered.find(({ source, run }) => source.kind === PERSON_REGISTER && run.state === 'skipped');
  const unknown = (await entities.findBy(ClaimedSystem, { requestId }))
    .filter(({ sourceId, state }) => sourceId === null && state !== 'hidden')
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return [
    ...(asked ? [indexStatement(asked.run, unknown)] : []),
    ...unknown.map(systemStatement),
    ...(unsure ? [`Tidligere personnumre er ikke slået op i CPR. ${ended(unsure.run.skippedReason ?? '')}`] : []),
  ];
}

function indexStatement(run: SourceRun, unknown: ClaimedSystem[]): string {
  if (run.state !== 'complete')
    return `Vi kunne ikke spørge det fælleskommunale sagsindeks, om andre systemer har en sag om dig. ${ended(run.skippedReason ?? '')}`.trim();
  const day = run.finishedAt ? moment(run.finishedAt) : '';
  const asked = `Vi spurgte ${day} det fælleskommunale sagsindeks, om andre systemer har en sag om dig.`;
  if (unknown.length === 0) return `${asked} Det nævner ingen, som vi ikke har søgt i.`;
  return `${asked} Det nævner ${unknown.map(({ name }) => name).join(', ')}, som vi ikke kan søge i automatisk.`;
}

function systemStatement({ name, state, words }: ClaimedSystem): string {
  if (state === 'searched') return `${name}: En medarbejder har søgt manuelt. ${ended(words ?? '')}`;
  if (state === 'left_out') return `${name} er ikke søgt, og svaret er derfor ikke fuldstændigt. ${ended(words ?? '')}`;
  return `${name} er endnu ikke søgt.`;
}

/** What employees decided to tell of what could not be brought; nothing of a case that does not exist for the citizen. */
async function toldGaps(entities: EntityManager, requestId: string): Promise<Map<string, string[]>> {
  const gaps = await entities.find(SourceGapRow, { where: { requestId, state: 'told' }, order: { foundAt: 'ASC' } });
  const hidden = await entities.findBy(RecordsCaseRow, { requestId, existence: 'protected' });
  const isHidden = (gap: SourceGapRow): boolean =>
    hidden.some((each) => each.sourceRunId === gap.sourceRunId && each.sourceCaseId === gap.sourceCaseId);
  const told = new Map<string, string[]>();
  for (const gap of gaps.filter((each) => !isHidden(each)))
    told.set(gap.sourceRunId, [...(told.get(gap.sourceRunId) ?? []), gap.words as string]);
  return told;
}

function coverageWords({ coverage, numbersSearched }: SourceRun): string {
  const cases = coverage?.includesClosed ? 'i åbne og afsluttede sager' : 'i åbne sager';
  const part = coverage?.partyRoles.includes('secondary') ? 'hvor du er part' : 'hvor du er den primære part';
  const former = numbersSearched - 1;
  if (former < 1) return `${cases}, ${part}`;
  return `${cases}, ${part}, også under ${count(former, 'tidligere personnummer', 'tidligere personnumre')}`;
}

function found({ cases, documents }: SourceRun): string {
  if (cases === 0 && documents === 0) return 'ingen sager';
  const given = count(documents, 'dokument', 'dokumenter');
  return cases === 0 ? given : `${count(cases, 'sag', 'sager')}, ${given}`;
}

function moment(at: Date): string {
  return `den ${longDate(danishDay(at))} kl. ${clock(at)}`;
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** With a full stop at the end, whoever wrote it. */
function ended(words: string): string {
  return words === '' || /[.!?]$/.test(words) ? words : `${words}.`;
}
