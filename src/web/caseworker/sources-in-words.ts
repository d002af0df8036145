import type { EntityManager } from 'typeorm';
import { sourceFaultInWords } from '../../gathering/source-fault-words';
import { SourceRow } from '../../gathering/source.entity';
import { SourceRun } from '../../gathering/source-run.entity';
import type { BalanceSheet, CaseworkSource } from '../views/sag';
import type { SourceState } from '../views/status-tag';
import { isClosed, stateOf, type DocumentInHand } from './documents-in-hand';

const STATES: Record<SourceRun['state'], SourceState> = {
  pending: 'waiting',
  searching: 'searching',
  fetching: 'searching',
  complete: 'answered',
  failed: 'failed',
  skipped: 'attested',
};

export interface SearchedSources {
  runs: SourceRun[];
  views: CaseworkSource[];
}

/** Every source of the request: what it covers, what it gave, and why not when it did not. */
export async function searchedSources(entities: EntityManager, requestId: string): Promise<SearchedSources> {
  const runs = await entities.findBy(SourceRun, { requestId });
  const sources = new Map((await entities.find(SourceRow)).map((source) => [source.id, source]));
  const views = runs
    .map((run) => ({ run, source: sources.get(run.sourceId) as SourceRow }))
    .sort((a, b) => (a.source.key < b.source.key ? -1 : 1))
    .map(({ run, source }) => sourceView(run, source));
  return { runs, views };
}

function sourceView(run: SourceRun, source: SourceRow): CaseworkSource {
  const isEmpty = run.state === 'complete' && run.cases === 0 && run.documents === 0;
  return {
    id: run.id,
    name: source.name,
    state: isEmpty ? 'nothing_found' : STATES[run.state],
    searchedAt: run.finishedAt ?? run.startedAt ?? undefined,
    coverage: run.state === 'skipped' ? `Redegørelse: ${run.skippedReason ?? ''}` : coverageInWords(run),
    listed: run.documents,
    error:
      run.state === 'failed'
        ? `${sourceFaultInWords(run.errorClass, run.errorText)} Søg igen, eller søg i hånden, og skriv, hvad søgningen gav.`
        : undefined,
  };
}

function coverageInWords({ coverage }: SourceRun): string {
  if (!coverage) return 'Dækningen er endnu ikke oplyst';
  const gaps = coverage.knownGaps.map((gap) => gap.replace(/\.$/, ''));
  return [
    coverage.includesClosed ? 'åbne og afsluttede sager' : 'kun åbne sager',
    coverage.partyRoles.includes('secondary') ? 'også som bipart' : 'kun som primær part',
    ...(coverage.includesJournalNotes ? [] : ['uden journalnotater']),
    ...(coverage.includesDrafts ? [] : ['uden kladder']),
    ...(coverage.rightsLimited ? ['kun det, systemkontoen har adgang til'] : []),
    ...gaps,
  ].join(' · ');
}

/** Every listed item ends somewhere. Attachments that were found inside a file are listed on a line of their own. */
export function balanceSheet(runs: SourceRun[], documents: DocumentInHand[]): BalanceSheet {
  const listed = runs.reduce((sum, run) => sum + run.documents, 0);
  const attachments = documents.filter(({ row }) => row.sourceDocumentId.includes('#')).length;
  const count = (test: (document: DocumentInHand) => boolean) => documents.filter(test).length;
  const rows = [
    { label: 'Gives helt', count: count((each) => isGiven(each) && each.removed === 0) },
    { label: 'Gives delvist', count: count((each) => isGiven(each) && each.removed > 0) },
    { label: 'Udeladt med hjemmel', count: count(({ row }) => row.outcome === 'withheld') },
    { label: 'Uden for anmodningen', count: count(({ row }) => row.outcome === 'outside') },
    { label: 'Dubletter', count: count(({ row }) => row.outcome === 'duplicate') },
    { label: 'I karantæne (virus)', count: count(isQuarantined) },
    { label: 'Kan ikke åbnes', count: count((each) => stateOf(each) === 'failed' && !isQuarantined(each)) },
    { label: 'Under behandling', count: count((each) => ['undecided', 'converting'].includes(stateOf(each))) },
  ];
  const sum = rows.reduce((total, row) => total + row.count, 0);
  return {
    listed: listed + attachments,
    rows: rows.filter((row) => row.count > 0),
    isComplete: runs.every((run) => run.state === 'complete' || run.state === 'skipped'),
    isEven: sum === listed + attachments,
  };
}

/** Not decided on yet, and shut by the virus check. */
function isQuarantined(document: DocumentInHand): boolean {
  return stateOf(document) === 'failed' && document.files.some(({ state }) => state === 'quarantined');
}

function isGiven(document: DocumentInHand): boolean {
  return !isClosed(document.row) && stateOf(document) === 'decided';
}
