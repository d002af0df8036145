import type { EntityManager } from 'typeorm';
import { sourceFaultInWords } from '../../gathering/source-fault-words';
import type { Ending, SearchBalance } from '../../gathering/balance';
import { CASE_INDEX, isByHand, PERSON_REGISTER } from '../../gathering/source-kinds';
import { SourceRow } from '../../gathering/source.entity';
import { OPEN_RUN_STATES, SourceRun } from '../../gathering/source-run.entity';
import type { BalanceSheet, CaseworkSource } from '../views/sag';
import type { SourceState } from '../views/status-tag';
import { stateOf, type DocumentInHand } from './documents-in-hand';
import { handSearchOf } from './search-in-words';

const STATES: Record<SourceRun['state'], SourceState> = {
  pending: 'waiting',
  searching: 'searching',
  fetching: 'searching',
  complete: 'answered',
  failed: 'failed',
  skipped: 'attested',
  awaiting: 'by_hand',
  left_out: 'left_out',
};

export interface SearchedSources {
  runs: SourceRun[];
  views: CaseworkSource[];
}

/** Every source of the request: what it covers, what it gave, and why not when it did not. */
export async function searchedSources(entities: EntityManager, requestId: string): Promise<SearchedSources> {
  const runs = await entities.findBy(SourceRun, { requestId });
  const sources = new Map((await entities.find(SourceRow)).map((source) => [source.id, source]));
  const ordered = runs
    .map((run) => ({ run, source: sources.get(run.sourceId) as SourceRow }))
    .sort((a, b) => (a.source.key < b.source.key ? -1 : 1));
  const views: CaseworkSource[] = [];
  for (const { run, source } of ordered) views.push(await sourceView(entities, run, source));
  return { runs, views };
}

async function sourceView(entities: EntityManager, run: SourceRun, source: SourceRow): Promise<CaseworkSource> {
  const holdsNoRecords = source.kind === CASE_INDEX || source.kind === PERSON_REGISTER;
  const isEmpty = run.state === 'complete' && run.cases === 0 && run.documents === 0 && !holdsNoRecords;
  const isOpen = run.state === 'failed' || run.state === 'awaiting';
  return {
    id: run.id,
    name: source.name,
    state: isEmpty ? 'nothing_found' : STATES[run.state],
    searchedAt: run.finishedAt ?? run.startedAt ?? undefined,
    coverage: saidOf(run, source),
    listed: run.documents,
    holdsNoRecords,
    error:
      run.state === 'failed'
        ? `${sourceFaultInWords(run.errorClass, run.errorText)} Søg igen, eller søg i hånden, og skriv, hvad søgningen gav.`
        : undefined,
    byHand: isOpen && !holdsNoRecords ? await handSearchOf(entities, run, source.kind) : undefined,
    canLeaveOut: isOpen && source.kind !== PERSON_REGISTER,
  };
}

function saidOf(run: SourceRun, source: SourceRow): string {
  if (run.state === 'skipped') return `Redegørelse: ${run.skippedReason ?? ''}`;
  if (run.state === 'left_out') return `Der svares uden: ${run.skippedReason ?? ''}`;
  if (source.kind === PERSON_REGISTER) return 'Navn, fødselsdato og tidligere personnumre, før noget hentes';
  if (source.kind === CASE_INDEX) return 'Hvilke systemer siger, at de har en sag om borgeren';
  if (isByHand(source.kind)) return `Søges af en medarbejder (${source.owner})`;
  return coverageInWords(run);
}

function coverageInWords({ coverage, numbersSearched }: SourceRun): string {
  if (!coverage) return 'Dækningen er endnu ikke oplyst';
  const gaps = coverage.knownGaps.map((gap) => gap.replace(/\.$/, ''));
  return [
    coverage.includesClosed ? 'åbne og afsluttede sager' : 'kun åbne sager',
    coverage.partyRoles.includes('secondary') ? 'også som bipart' : 'kun som primær part',
    ...(coverage.includesJournalNotes ? [] : ['uden journalnotater']),
    ...(coverage.includesDrafts ? [] : ['uden kladder']),
    ...(numbersSearched > 1 ? [`søgt på ${numbersSearched} personnumre`] : []),
    ...(coverage.rightsLimited ? ['kun det, systemkontoen har adgang til'] : []),
    ...gaps,
  ].join(' · ');
}

/** Every listed item ends somewhere. Attachments that were found inside a file are listed on a line of their own. */
export function balanceSheet(runs: SourceRun[], documents: DocumentInHand[], balance: SearchBalance): BalanceSheet {
  const listed = runs.reduce((sum, run) => sum + run.documents, 0);
  const attachments = documents.filter(({ row }) => row.sourceDocumentId.includes('#')).length;
  const count = (test: (document: DocumentInHand) => boolean) => documents.filter(test).length;
  const rows = [
    { label: 'Gives helt', count: count((each) => endingOf(each) === 'full') },
    { label: 'Gives delvist', count: count((each) => endingOf(each) === 'partial') },
    { label: 'Udeladt med hjemmel', count: count(({ row }) => row.outcome === 'withheld') },
    { label: 'Uden for anmodningen', count: count(({ row }) => row.outcome === 'outside') },
    { label: 'Dubletter', count: count(({ row }) => row.outcome === 'duplicate') },
    { label: 'I karantæne (virus)', count: count(isQuarantined) },
    { label: 'Kan ikke åbnes', count: count((each) => stateOf(each) === 'failed' && !isQuarantined(each)) },
    { label: 'Under behandling', count: count((each) => endingOf(each) === 'open') },
  ];
  const sum = rows.reduce((total, row) => total + row.count, 0);
  return {
    listed: listed + attachments,
    rows: rows.filter((row) => row.count > 0),
    sources: balance.sources
      .filter(({ claimed, listed: shown, inside }) => (claimed ?? 0) + shown + inside > 0)
      .map(({ name, claimed, listed: shown, inside, endings, isEven }) => ({
        ...{ name, claimed, inside, isEven, listed: shown },
        settled: shown + inside - endings.open - endings.failed,
      })),
    isComplete: runs.every(({ state }) => !OPEN_RUN_STATES.includes(state)),
    isEven: sum === listed + attachments && balance.sources.every(({ isEven }) => isEven),
  };
}

/** Where a document stands in the account. */
export function endingOf(document: DocumentInHand): Ending {
  const { outcome } = document.row;
  if (outcome === 'withheld' || outcome === 'outside' || outcome === 'duplicate') return outcome;
  const state = stateOf(document);
  if (state === 'failed') return 'failed';
  if (state !== 'decided') return 'open';
  return document.removed > 0 ? 'partial' : 'full';
}

/** Not decided on yet, and shut by the virus check. */
function isQuarantined(document: DocumentInHand): boolean {
  return stateOf(document) === 'failed' && document.files.some(({ state }) => state === 'quarantined');
}
