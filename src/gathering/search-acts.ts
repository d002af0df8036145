import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../platform/audit-log/audit-log';
import { Clock } from '../platform/clock';
import { Refusal } from '../requests/refusal';
import { AccessRequest } from '../requests/request.entity';
import { isEnded } from '../requests/lifecycle';
import { ClaimedSystem } from './claimed-system.entity';
import { RecordsCaseRow } from './records-case.entity';
import { SourceGapRow } from './source-gap.entity';

const SHORTEST_WORDS = 10;
/** Once the answer is being made, what it says of the search stands. */
const TOO_LATE = ['applying', 'assembling', 'ready', 'signed', 'submitted', 'undeliverable'];

const SYSTEM_WORDS = {
  searched: 'Skriv, hvem der søgte i systemet, hvornår, og hvad søgningen gav. Teksten kommer med i svaret.',
  left_out: 'Skriv, hvorfor der svares uden systemet. Teksten kommer med i svaret.',
  hidden: 'Skriv, hvorfor borgeren ikke må vide, at systemet har en sag. Begrundelsen bliver i kommunen.',
};

/** What a named employee says of the search: what a gap is, what was done about a system nobody searched, what is released. */
@Injectable()
export class SearchActs {
  constructor(
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @param isTold the words stand in the citizen's letter */
  async settleGap(
    entities: EntityManager,
    requestId: string,
    gapId: string,
    staffId: string,
    words: string,
    isTold: boolean,
  ): Promise<void> {
    const request = await this.openRequest(entities, requestId);
    const text = requiredWords(words, 'Skriv, hvad du har undersøgt, og hvad det betyder for svaret.');
    await entities.findOneByOrFail(SourceGapRow, { id: gapId, requestId });
    await entities.update(
      SourceGapRow,
      { id: gapId },
      { state: isTold ? 'told' : 'settled', words: text, settledBy: staffId, settledAt: this.clock.now() },
    );
    await this.write(entities, request, staffId, 'gap.settle', 'source_gap', gapId);
  }

  /** A system that claims a case and that no source searches: searched by hand, or the citizen is answered without it. */
  async settleSystem(
    entities: EntityManager,
    requestId: string,
    systemId: string,
    staffId: string,
    state: 'searched' | 'left_out' | 'hidden',
    words: string,
  ): Promise<void> {
    const request = await this.openRequest(entities, requestId);
    const text = requiredWords(words, SYSTEM_WORDS[state]);
    await entities.findOneByOrFail(ClaimedSystem, { id: systemId, requestId });
    await entities.update(
      ClaimedSystem,
      { id: systemId },
      { state, words: text, settledBy: staffId, settledAt: this.clock.now() },
    );
    await this.write(entities, request, staffId, `system.${state}`, 'claimed_system', systemId);
  }

  /** The citizen sees title and count of the case before the decision. A protected case is never released. */
  async releaseCase(entities: EntityManager, requestId: string, caseId: string, staffId: string): Promise<void> {
    const request = await this.openRequest(entities, requestId);
    const found = await entities.findOneByOrFail(RecordsCaseRow, { id: caseId, requestId });
    if (found.existence !== 'open' || found.heldForJurist)
      throw new Refusal(
        'case-hidden',
        'Sagen er skjult eller foreslået skjult. Tag stilling til det, før borgeren får den at se.',
      );
    await entities.update(RecordsCaseRow, { id: caseId }, { releasedBy: staffId, releasedAt: this.clock.now() });
    await this.write(entities, request, staffId, 'case.release', 'records_case', caseId);
  }

  private async openRequest(entities: EntityManager, requestId: string): Promise<AccessRequest> {
    const request = await entities.findOneOrFail(AccessRequest, {
      where: { id: requestId },
      lock: { mode: 'pessimistic_write' },
    });
    if (isEnded(request.state) || TOO_LATE.includes(request.state))
      throw new Refusal(
        'answer-in-the-making',
        `Svaret på anmodning ${request.number} er ved at blive lavet eller er sendt. Åbn gennemgangen igen, hvis noget skal ændres.`,
      );
    return request;
  }

  private write(
    entities: EntityManager,
    request: AccessRequest,
    staffId: string,
    action: string,
    kind: string,
    id: string,
  ): Promise<void> {
    return this.audit.write(entities, request.authorityId, {
      actor: { kind: 'staff', id: staffId },
      action,
      subject: { kind, id },
      requestId: request.id,
      reason: 'An employee answered for a part of the search.',
    });
  }
}

function requiredWords(words: string, otherwise: string): string {
  const text = words.trim();
  if (text.length < SHORTEST_WORDS) throw new Refusal('words-missing', otherwise);
  return text;
}
