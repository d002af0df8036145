import type { EntityManager } from 'typeorm';
import type { RecordsCase, RecordsDocument, RunContext, SourceClaim, SourceGap } from '../contracts';
import { withoutCpr } from '../records';
import type { SourceRun } from './source-run.entity';

/** What a source says beside its documents: what it holds back, and how much it says there is. Kept until it is stored. */
export class SourceReport {
  private gaps: SourceGap[] = [];
  private claims: SourceClaim[] = [];

  context(runId: string, signal: AbortSignal): RunContext {
    return {
      runId,
      signal,
      reportGap: (gap) => void this.gaps.push(gap),
      reportClaim: (claim) => void this.claims.push(claim),
    };
  }

  gap(gap: SourceGap): void {
    this.gaps.push(gap);
  }

  /** The counts that a case carries with it are claims like any other. */
  claimsOf({ sourceCaseId, expected }: RecordsCase): void {
    if (expected?.documents !== undefined)
      this.claims.push({ of: 'documents', count: expected.documents, sourceCaseId });
    if (expected?.notes !== undefined) this.claims.push({ of: 'notes', count: expected.notes, sourceCaseId });
  }

  /** Stores what was said since the last time; the same said twice is one row, and a person's answer to it stands. */
  async store(entities: EntityManager, run: SourceRun, now: Date): Promise<void> {
    const gaps = this.gaps.splice(0);
    const claims = this.claims.splice(0);
    for (const { kind, sourceCaseId = '', sourceDocumentId = '', sentence } of gaps)
      await entities.query(
        `insert into source_gap (authority_id, request_id, source_run_id, kind, source_case_id, source_document_id, sentence, found_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (source_run_id, kind, source_case_id, source_document_id) do update set sentence = excluded.sentence`,
        [
          ...[run.authorityId, run.requestId, run.id, kind, sourceCaseId, sourceDocumentId],
          ...[withoutCpr(sentence), now],
        ],
      );
    for (const { of, count, sourceCaseId = '' } of claims)
      // A search by several fields or numbers states several sums: the largest is what must be reached.
      await entities.query(
        `insert into source_claim (source_run_id, authority_id, request_id, of, source_case_id, count)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (source_run_id, of, source_case_id) do update set
           count = case when excluded.source_case_id = '' then greatest(source_claim.count, excluded.count) else excluded.count end`,
        [run.id, run.authorityId, run.requestId, of, sourceCaseId, count],
      );
  }
}

interface Difference {
  of: SourceClaim['of'];
  source_case_id: string;
  claimed: number;
  listed: number;
}

/**
 * Compares what the source claimed with what it listed, and notes each difference as a gap. Documents inside others and
 * files inside files are not counted: the source's sums do not.
 */
export async function reconcile(entities: EntityManager, run: SourceRun, report: SourceReport): Promise<void> {
  const differences: Difference[] = await entities.query(
    `with listed as (
       select c.source_case_id, (d.kind = 'journalNote') as is_note, count(*)::int as count
       from records_case c join document d on d.records_case_id = c.id
       where c.source_run_id = $1 and d.parent_id is null and d.source_document_id not like '%@%' group by 1, 2)
     select l.of, l.source_case_id, l.count as claimed, coalesce(n.count, 0) as listed
     from source_claim l left join listed n on n.source_case_id = l.source_case_id and n.is_note = (l.of = 'notes')
     where l.source_run_id = $1 and l.of <> 'cases' and l.source_case_id <> ''
       and exists (select 1 from records_case c where c.source_run_id = $1 and c.source_case_id = l.source_case_id and c.gathered_at is not null)
       and l.count <> coalesce(n.count, 0)
     union all
     select l.of, '', l.count, (select count(*)::int from records_case c where c.source_run_id = $1 and not c.caseless)
     from source_claim l where l.source_run_id = $1 and l.of = 'cases' and l.source_case_id = ''
       and l.count > (select count(*) from records_case c where c.source_run_id = $1 and not c.caseless)
     order by 2, 1`,
    [run.id],
  );
  for (const { of, source_case_id: sourceCaseId, claimed, listed } of differences)
    report.gap({ kind: 'count_mismatch', sourceCaseId: sourceCaseId || of, sentence: inWords(of, claimed, listed) });
}

const WORDS: Record<SourceClaim['of'], string> = { cases: 'sager', documents: 'dokumenter', notes: 'journalnotater' };

function inWords(of: SourceClaim['of'], claimed: number, listed: number): string {
  return `Systemet oplyser ${claimed} ${WORDS[of]}, men har vist ${listed}. Undersøg, hvad der mangler, før der svares.`;
}

/** A file that the source will not give for good: its document ends as one that a person must decide on. */
export function gapOfFile(document: RecordsDocument, kind: 'forbidden' | 'not_found'): SourceGap {
  const why =
    kind === 'forbidden'
      ? 'Systemkontoen har ikke adgang til filen.'
      : 'Systemet kender ikke længere filen, selv om det selv har nævnt den.';
  return {
    kind,
    sourceCaseId: document.sourceCaseId,
    sourceDocumentId: document.sourceDocumentId,
    sentence: `En fil i dokumentet kunne ikke hentes. ${why}`,
  };
}
