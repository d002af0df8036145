import { Injectable, type OnModuleInit } from '@nestjs/common';
import { In, IsNull, Not, type EntityManager } from 'typeorm';
import { DocumentRow } from '../gathering/document.entity';
import { FileRow } from '../gathering/file.entity';
import { PageRow } from '../gathering/page.entity';
import { RecordsCaseRow } from '../gathering/records-case.entity';
import { GatherAgain } from '../gathering/gather-again';
import { searchObstacles } from '../gathering/search-obstacles';
import { OPEN_RUN_STATES, SourceRun } from '../gathering/source-run.entity';
import { groundById } from '../law';
import { Clock } from '../platform/clock';
import { KeyRing } from '../platform/keys/authority-keys';
import { Outbox } from '../platform/outbox/outbox';
import { AppliedRound } from '../redaction/applied-round';
import { ConsistencyCheck } from '../redaction/checks/consistency-check';
import { isSensitiveRole } from '../redaction/proposed-ground';
import { Redaction } from '../redaction/redaction.entity';
import { Review } from '../redaction/review';
import { Refusal } from '../requests/refusal';
import { AccessRequest } from '../requests/request.entity';
import { Transitions } from '../requests/transitions';
import { Decision } from './decision.entity';

/** Main considerations by ground id, as they will stand in the letter. */
export type Considerations = Record<string, string>;

/** The first of the two acts: every passage is decided, and the caseworker says why. */
@Injectable()
export class CloseReview implements OnModuleInit {
  constructor(
    private readonly review: Review,
    private readonly round: AppliedRound,
    private readonly consistency: ConsistencyCheck,
    private readonly transitions: Transitions,
    private readonly outbox: Outbox,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
    private readonly gatherAgain: GatherAgain,
  ) {}

  onModuleInit(): void {
    this.transitions.guard('applying', (entities, request) => this.obstacles(entities, request));
  }

  /** What is in the way of closing the review, a sentence each. */
  async obstacles(entities: EntityManager, request: AccessRequest): Promise<string[]> {
    const open = await this.review.openProposals(entities, request.id);
    const unread = await this.unreadPages(entities, request.id);
    const unreadable = await this.unreadableFiles(entities, request.id);
    const sources = await entities.countBy(SourceRun, { requestId: request.id, state: In(OPEN_RUN_STATES) });
    const search = [
      ...(await searchObstacles(entities, request.id)),
      ...(await this.gatherAgain.obstacles(entities, request.id)),
    ];
    const findings = await this.openFindings(entities, request.id);
    const doubtful = await entities.countBy(RecordsCaseRow, { requestId: request.id, existence: 'proposed' });
    // Compared only when everything else is decided: until then the answer changes with every decision.
    const uneven = open.length > 0 ? 0 : await this.unevenTexts(entities, request);
    return [
      ...several(open.length, 'Et forslag er ikke afgjort.', 'forslag er ikke afgjort.'),
      ...several(
        unread,
        'En side er ikke læst maskinelt eller er et billede, og ingen har set den.',
        'sider er ikke læst maskinelt eller er billeder, og ingen har set dem.',
      ),
      ...several(
        unreadable,
        'En fil kunne ikke åbnes. Tag stilling til dokumentet.',
        'filer kunne ikke åbnes. Tag stilling til dokumenterne.',
      ),
      ...several(sources, 'Et system er ikke søgt færdigt.', 'systemer er ikke søgt færdigt.'),
      ...search,
      ...several(
        doubtful,
        'En sag er foreslået skjult for borgeren. Tag stilling til den.',
        'sager er foreslået skjult for borgeren. Tag stilling til dem.',
      ),
      ...(uneven > 0 ? [unevenInWords(uneven)] : []),
      ...findings.map((position) => `Dokument ${position} kan være lagt på en forkert borger. Tag stilling til det.`),
    ];
  }

  async close(
    entities: EntityManager,
    requestId: string,
    staffId: string,
    considerations: Considerations,
  ): Promise<Decision> {
    await this.requireConsiderations(entities, requestId, considerations);
    const request = await this.transitions.move(
      entities,
      requestId,
      'applying',
      { kind: 'staff', id: staffId },
      'A caseworker closed the review.',
    );
    const keys = await this.keyRing.of(request.authorityId);
    const decision = await entities.save(
      entities.create(Decision, {
        authorityId: request.authorityId,
        requestId,
        round: request.reviewRound,
        state: 'reviewed' as const,
        reviewedBy: staffId,
        reviewedAt: this.clock.now(),
        considerationsSealed: keys.seal('decision.considerations', JSON.stringify(considerations)),
        needsSecondPerson: await this.isSensitive(entities, requestId),
      }),
    );
    const files = await this.round.filesOf(entities, requestId);
    await this.outbox.announce(
      entities,
      request.authorityId,
      'apply.file',
      files.map((file) => file.id),
    );
    await this.round.continueWhenApplied(entities, request);
    return decision;
  }

  /** Opens the review again; what was decided stays, what was assembled is void. */
  async reopen(entities: EntityManager, requestId: string, staffId: string): Promise<void> {
    const request = await this.transitions.move(
      entities,
      requestId,
      'review',
      { kind: 'staff', id: staffId },
      'A caseworker opened the review again.',
    );
    await entities.update(Decision, { requestId, round: request.reviewRound }, { state: 'void' });
    await entities.update(AccessRequest, { id: requestId }, { reviewRound: request.reviewRound + 1 });
  }

  /** FVL § 24: the main considerations behind every ground that is used; a withheld document may bring its own. */
  private async requireConsiderations(
    entities: EntityManager,
    requestId: string,
    considerations: Considerations,
  ): Promise<void> {
    const rows: { ground_id: string }[] = await entities.query(
      `select r.ground_id from redaction r join file f on f.id = r.file_id join document d on d.id = f.document_id
       where r.request_id = $1 and r.decision = 'remove' and d.outcome not in ('withheld', 'outside', 'duplicate')
       union select c.ground_id from recording c join file f on f.id = c.file_id join document d on d.id = f.document_id
       where c.request_id = $1 and c.ground_id is not null and d.outcome not in ('withheld', 'outside', 'duplicate')
       union select withheld_ground from document
       where request_id = $1 and outcome = 'withheld' and withheld_reason_sealed is null
       order by 1`,
      [requestId],
    );
    const missing = rows.map((row) => row.ground_id).filter((id) => (considerations[id] ?? '').trim().length < 10);
    if (missing.length === 0) return;
    const names = missing.map((id) => groundById(id)?.provision ?? id).join(' og ');
    throw new Refusal(
      'considerations-missing',
      `Skriv, hvad der er lagt vægt på, for ${names}. Teksten kommer med i afgørelsen.`,
    );
  }

  private async isSensitive(entities: EntityManager, requestId: string): Promise<boolean> {
    const rows: { role: string }[] = await entities
      .createQueryBuilder(Redaction, 'r')
      .select('distinct r.role', 'role')
      .where('r.request_id = :requestId', { requestId })
      .getRawMany();
    const withheld = await entities.countBy(DocumentRow, { requestId, outcome: 'withheld' });
    return withheld > 0 || rows.some((row) => isSensitiveRole(row.role));
  }

  private unreadPages(entities: EntityManager, requestId: string): Promise<number> {
    return entities
      .createQueryBuilder(PageRow, 'p')
      .innerJoin(FileRow, 'f', 'f.id = p.file_id')
      .innerJoin(DocumentRow, 'd', 'd.id = f.document_id')
      .where(
        `p.request_id = :requestId and (p.reading = 'unread' or p.photo) and p.seen_by is null and d.outcome not in ('withheld', 'outside', 'duplicate')`,
        { requestId },
      )
      .getCount();
  }

  private unreadableFiles(entities: EntityManager, requestId: string): Promise<number> {
    return entities
      .createQueryBuilder(FileRow, 'f')
      .innerJoin(DocumentRow, 'd', 'd.id = f.document_id')
      .where(
        `f.request_id = :requestId and f.state <> 'converted' and not exists (
           select 1 from recording r where r.file_id = f.id and r.outcome in ('edited', 'invitation')) and d.outcome not in ('withheld', 'outside', 'duplicate')`,
        { requestId },
      )
      .getCount();
  }

  private async unevenTexts(entities: EntityManager, request: AccessRequest): Promise<number> {
    if (request.state !== 'review') return 0;
    const found = await this.consistency.upToDate(entities, request);
    return found.filter(({ state }) => state === 'open').length;
  }

  private async openFindings(entities: EntityManager, requestId: string): Promise<number[]> {
    const documents = await entities.find(DocumentRow, {
      where: { requestId, finding: Not(IsNull()), outcome: Not(In(['withheld', 'outside', 'duplicate'])) },
      order: { position: 'ASC' },
    });
    return documents.map((document) => document.position);
  }
}

function unevenInWords(count: number): string {
  return count === 1
    ? '1 oplysning er fjernet ét sted og synlig et andet. Se den under »Kontrol på tværs«.'
    : `${count} oplysninger er fjernet ét sted og synlige et andet. Se dem under »Kontrol på tværs«.`;
}

/** The sentence about one, or about several with their number; none about nothing. */
function several(count: number, one: string, many: string): string[] {
  if (count === 0) return [];
  return [count === 1 ? one : `${count} ${many}`];
}
