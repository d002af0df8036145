import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AnswerTexts } from '../../decisions/answer-texts';
import { Decision } from '../../decisions/decision.entity';
import { PackageFile } from '../../decisions/package-file.entity';
import { partInWords } from '../../decisions/part-names';
import type { CitizenUser } from '../../identity/sessions';
import { Staff } from '../../identity/staff.entity';
import { Database } from '../../platform/database/database';
import { Vault } from '../../platform/vault/vault';
import type { AccessRequest } from '../../requests/request.entity';
import { RefusedVisit } from '../http/refused-visit';
import type { AnswerPage } from '../views/svar';
import { answerDocument, removedKind } from './answer-words';
import { RequestPages } from './request-pages';
import { hasAnswer } from './request-words';

/** `/anmodninger/{id}/svar`: what the citizen got, in the words of the letter and as the files that were signed. */
@Injectable()
export class Answers {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly requests: RequestPages,
  ) {}

  async page(user: CitizenUser, id: string): Promise<AnswerPage> {
    const { request, decision, files, approver } = await this.database.inAuthority(
      user.authorityId,
      async (entities) => {
        const request = await this.answered(entities, user, id);
        const decision = await signedDecision(entities, request);
        const staff = await entities.findOneByOrFail(Staff, { id: decision.signedBy as string });
        return { request, decision, files: await filesOf(entities, decision), approver: staff.name };
      },
    );
    const href = `/anmodninger/${request.id}`;
    const { letter, list, passages } = await this.texts(user, decision);
    return {
      requestHref: href,
      caseNumber: request.number,
      decidedAt: decision.signedAt as Date,
      outcome: letter.decision.text,
      approver,
      files: files.map(({ kind, name, size, pages, sha256 }) => ({
        kind,
        isReading: kind.startsWith('reading-'),
        isCertificate: kind === 'certificate',
        name,
        part: partInWords(name) || undefined,
        href: `${href}/svar/${name}`,
        bytes: Number(size),
        pages,
        sha256,
      })),
      documents: list.rows.map(answerDocument),
      removed: letter.grounds.map((ground) => removedKind(ground, passages[ground.citation] ?? 0)),
      complaints: letter.complaints.map(({ part, text }) => ({ about: part, text })),
      complaintHref: `/klager/ny?anmodning=${request.id}`,
      earlierAnswers: [],
    };
  }

  /** A file exactly as it was signed. The reading is in the audit log before the first byte. */
  async file(user: CitizenUser, id: string, name: string): Promise<{ file: PackageFile; content: Readable }> {
    const { request, file } = await this.database.inAuthority(user.authorityId, async (entities) => {
      const request = await this.answered(entities, user, id);
      const decision = await signedDecision(entities, request);
      return { request, file: await entities.findOneBy(PackageFile, { decisionId: decision.id, name }) };
    });
    if (!file) throw new RefusedVisit('not-found');
    const content = await this.vault.read(user.authorityId, file.vaultKey, {
      actor: { kind: 'citizen', id: user.personRefId },
      action: 'vault.read',
      subject: { kind: 'package_file', id: file.id },
      requestId: request.id,
      reason: 'The citizen fetched a file of the answer.',
    });
    return { file, content };
  }

  private texts(user: CitizenUser, decision: Decision): Promise<AnswerTexts> {
    return this.vault.readJson<AnswerTexts>(user.authorityId, decision.answerKey as string, {
      actor: { kind: 'citizen', id: user.personRefId },
      action: 'vault.read',
      subject: { kind: 'decision', id: decision.id },
      requestId: decision.requestId,
      reason: 'The citizen looked at the answer.',
    });
  }

  private async answered(entities: EntityManager, user: CitizenUser, id: string): Promise<AccessRequest> {
    const request = await this.requests.own(entities, user, id);
    if (!hasAnswer(request)) throw new RefusedVisit('not-found');
    return request;
  }
}

function signedDecision(entities: EntityManager, request: AccessRequest): Promise<Decision> {
  return entities.findOneOrFail(Decision, {
    where: { requestId: request.id, state: 'signed' },
    order: { round: 'DESC' },
  });
}

function filesOf(entities: EntityManager, decision: Decision): Promise<PackageFile[]> {
  return entities.find(PackageFile, { where: { decisionId: decision.id }, order: { position: 'ASC' } });
}
