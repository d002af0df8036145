import { setTimeout as pause } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { IsNull, Not, type EntityManager } from 'typeorm';
import { AppModule } from '../../src/app.module';
import type { AnswerTexts } from '../../src/decisions/answer-texts';
import { CloseReview } from '../../src/decisions/close-review';
import { Decision } from '../../src/decisions/decision.entity';
import { DeliveryMessage } from '../../src/delivery/delivery-message.entity';
import { Delivery } from '../../src/delivery/delivery.entity';
import { Mandate } from '../../src/delivery/mandate.entity';
import { OpenRequest } from '../../src/delivery/open-request';
import type { RegisterFact } from '../../src/delivery/person-facts';
import { SignDecision } from '../../src/delivery/sign-decision';
import { DocumentRow } from '../../src/gathering/document.entity';
import { FileRow } from '../../src/gathering/file.entity';
import { PageRow } from '../../src/gathering/page.entity';
import { isRecording } from '../../src/gathering/recording.entity';
import { RecordsCaseRow } from '../../src/gathering/records-case.entity';
import { People } from '../../src/identity/people';
import { Staff, type StaffRole } from '../../src/identity/staff.entity';
import { Database } from '../../src/platform/database/database';
import { loadSettings } from '../../src/platform/settings';
import { Redaction } from '../../src/redaction/redaction.entity';
import { Vault } from '../../src/platform/vault/vault';
import { DocumentReview } from '../../src/redaction/document-review';
import { ProtectedExistence } from '../../src/redaction/protected-existence';
import { Review } from '../../src/redaction/review';
import type { RequestState } from '../../src/requests/lifecycle';
import { AccessRequest } from '../../src/requests/request.entity';
import type { NewRequest } from '../../src/requests/requests';

const POLL_MS = 100;

/** People's part of a request's way, done by the domain's own services; what programs do is left to the worker. */
export class Carrier {
  private constructor(
    readonly app: INestApplicationContext,
    private readonly authorityId: string,
  ) {}

  static async start(settings: Record<string, string>, authorityId: string): Promise<Carrier> {
    const app = await NestFactory.createApplicationContext(AppModule.with(loadSettings(settings), []), {
      logger: ['error'],
    });
    return new Carrier(app, authorityId);
  }

  stop(): Promise<void> {
    return this.app.close();
  }

  within<T>(work: (entities: EntityManager) => Promise<T>): Promise<T> {
    return this.app.get(Database).inAuthority(this.authorityId, work);
  }

  staff(subject: string, roles: StaffRole[]): Promise<Staff> {
    return this.within(
      async (entities) =>
        (await entities.findOneBy(Staff, { subject })) ??
        entities.save(
          entities.create(Staff, {
            authorityId: this.authorityId,
            subject,
            name: subject,
            email: null,
            roles,
            lastLoginAt: null,
          }),
        ),
    );
  }

  async ask(citizen: { cpr: string; name: string }, more: Partial<NewRequest> = {}): Promise<AccessRequest> {
    const person = await this.within((entities) =>
      this.app.get(People).findOrAdd(entities, this.authorityId, citizen.cpr.replace('-', ''), citizen.name),
    );
    const wording = 'Jeg vil gerne se alt, hvad I har om mig.';
    return this.app
      .get(OpenRequest)
      .open(this.authorityId, { personRefId: person.id, scope: { kind: 'whole-file' }, wording, ...more });
  }

  /** The messages of a request's delivery, in their order. */
  messagesOf(requestId: string): Promise<DeliveryMessage[]> {
    return this.within(async (entities) => {
      const delivery = await entities.findOneByOrFail(Delivery, { requestId, state: Not('undone' as const) });
      return entities.find(DeliveryMessage, {
        where: { deliveryId: delivery.id },
        order: { channel: 'ASC', part: 'ASC' },
      });
    });
  }

  memoOf(message: DeliveryMessage): Promise<Buffer> {
    return this.app.get(Vault).readBytes(message.authorityId, message.contentKey as string, {
      actor: { kind: 'system' },
      action: 'vault.read',
      subject: { kind: 'delivery', id: message.deliveryId },
      reason: 'A test looks at the message.',
    });
  }

  request(id: string): Promise<AccessRequest> {
    return this.within((entities) => entities.findOneByOrFail(AccessRequest, { id }));
  }

  async waitFor(id: string, states: RequestState[], limitMs = 120_000): Promise<AccessRequest> {
    const until = Date.now() + limitMs;
    for (;;) {
      const request = await this.request(id);
      if (states.includes(request.state)) return request;
      if (request.state === 'stopped' && !states.includes('stopped'))
        throw new Error(`The request was stopped: ${request.attention ?? 'no reason'}`);
      if (Date.now() > until)
        throw new Error(
          `The request is still ${request.state} (${request.attention ?? 'nothing is in its way'}) and not ${states.join(' or ')}.`,
        );
      await pause(POLL_MS);
    }
  }

  /** Decides everything as proposed, deals with what no machine can, and closes the review. */
  async review(
    id: string,
    caseworker: Staff,
    onDocuments?: (documents: DocumentRow[], entities: EntityManager) => Promise<void>,
  ): Promise<void> {
    await this.within(async (entities) => {
      const review = this.app.get(Review);
      const wholeDocuments = this.app.get(DocumentReview);
      const documents = await entities.find(DocumentRow, { where: { requestId: id }, order: { position: 'ASC' } });
      await onDocuments?.(documents, entities);
      for (const document of documents.filter((each) => each.finding !== null))
        await wholeDocuments.setOutside(entities, id, document.id, caseworker.id);
      for (const { id: recordsCase } of await entities.findBy(RecordsCaseRow, { requestId: id, existence: 'proposed' }))
        await this.app
          .get(ProtectedExistence)
          .open(entities, id, recordsCase, { staffId: caseworker.id, roles: caseworker.roles });
      for (const file of await entities.findBy(FileRow, { requestId: id, state: 'unreadable' })) {
        if (isRecording(file)) continue;
        await wholeDocuments.withhold(
          entities,
          id,
          file.documentId,
          caseworker.id,
          'FVL-15B-5',
          'Filen kan ikke åbnes, og indholdet kan derfor ikke vurderes.',
        );
      }
      for (const page of await entities.findBy(PageRow, { requestId: id, seenBy: IsNull() }))
        await review.markSeen(entities, id, page.fileId, page.number, caseworker.id);
      await review.followProposals(entities, id, caseworker.id);
    });
    await this.within(async (entities) => {
      const grounds = new Set(
        (await entities.findBy(Redaction, { requestId: id, decision: 'remove' })).map(
          (each) => each.groundId as string,
        ),
      );
      const considerations = Object.fromEntries(
        [...grounds].map((ground) => [ground, 'oplysningerne er private forhold om andre end dig']),
      );
      await this.app.get(CloseReview).close(entities, id, caseworker.id, considerations);
    });
  }

  /** Closes the review as it stands. */
  closeReview(entities: EntityManager, id: string, staffId: string): Promise<Decision> {
    return this.app.get(CloseReview).close(entities, id, staffId, {});
  }

  reopen(id: string, staffId: string): Promise<void> {
    return this.within((entities) => this.app.get(CloseReview).reopen(entities, id, staffId));
  }

  deliveryOf(id: string): Promise<Delivery> {
    return this.within((entities) => entities.findOneByOrFail(Delivery, { id }));
  }

  /** What letter and aktliste of the request's present round say. */
  async answerTexts(id: string): Promise<AnswerTexts> {
    const { reviewRound: round } = await this.request(id);
    const decision = await this.within((entities) => entities.findOneByOrFail(Decision, { requestId: id, round }));
    return this.app.get(Vault).readJson<AnswerTexts>(decision.authorityId, decision.answerKey as string, {
      actor: { kind: 'system' },
      action: 'vault.read',
      subject: { kind: 'decision', id: decision.id },
      reason: 'A test looks at the answer.',
    });
  }

  /** `personFacts`: what the register of persons was shown to say. */
  async sign(id: string, approver: Staff, personFacts: RegisterFact[] = []): Promise<Delivery> {
    return this.within(async (entities) => {
      const request = await entities.findOneByOrFail(AccessRequest, { id });
      const decision = await entities.findOneByOrFail(Decision, { requestId: id, round: request.reviewRound });
      const mandate = await entities.findOneBy(Mandate, { requestId: id, revokedAt: IsNull() });
      const shown = { manifestSha256: decision.manifestSha256 as string, mandateId: mandate?.id ?? null, personFacts };
      return this.app.get(SignDecision).sign(entities, id, approver.id, shown);
    });
  }
}
