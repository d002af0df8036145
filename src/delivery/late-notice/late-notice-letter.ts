import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { UnrecoverableError } from 'bullmq';
import type { EntityManager } from 'typeorm';
import { danishDay, lateNoticeText } from '../../law';
import { People } from '../../identity/people';
import { PersonRef } from '../../identity/person-ref.entity';
import { Staff } from '../../identity/staff.entity';
import { typeset, verifyOutgoing, type LateNoticeLetterData } from '../../pdf';
import { Authority } from '../../platform/database/authority.entity';
import { RemovedTerms } from '../../redaction/removed-terms';
import { AccessRequest } from '../../requests/request.entity';
import { LateNotices } from './late-notices';
import type { LateNotice } from './late-notice.entity';

const TEMPLATES = join(__dirname, '..', '..', '..', 'templates', 'letters');
/** What the citizen's file is called. */
export const LETTER_NAME = 'fristbrev.pdf';

/** The letter of a late notice, set and checked like everything that leaves. */
@Injectable()
export class LateNoticeLetters {
  constructor(
    private readonly notices: LateNotices,
    private readonly people: People,
    private readonly terms: RemovedTerms,
  ) {}

  async data(entities: EntityManager, notice: LateNotice): Promise<LateNoticeLetterData> {
    const request = await entities.findOneByOrFail(AccessRequest, { id: notice.requestId });
    const authority = await entities.findOneByOrFail(Authority, { id: notice.authorityId });
    const person = await entities.findOneByOrFail(PersonRef, { id: request.personRefId });
    const staff = await entities.findOneByOrFail(Staff, { id: notice.writtenBy });
    const { settings } = authority;
    return {
      sender: {
        ...{ municipality: authority.name, unit: settings.unit, addressLines: settings.address.split('\n') },
        ...{ phone: settings.contactPhone, email: settings.contactEmail },
      },
      addressee: { name: await this.people.nameOf(person), lines: [] },
      caseNumber: request.number,
      date: danishDay(notice.writtenAt),
      received: request.receivedOn,
      text: lateNoticeText({
        ...{ due: notice.dueOn, reason: await this.notices.reasonOf(notice), expected: notice.expectedOn },
        ...{ partNow: false, basis: request.basis },
      }),
      caseworker: { name: staff.name, title: 'Sagsbehandler' },
    };
  }

  /** @throws UnrecoverableError when the letter holds something that is removed from the documents */
  async pdf(notice: LateNotice, data: LateNoticeLetterData): Promise<Uint8Array> {
    const { pdf } = await typeset(join(TEMPLATES, 'fristbrev.typ'), data, {
      standard: 'ua-1',
      createdAt: notice.writtenAt,
    });
    const { inTexts } = await this.terms.now(notice.authorityId, notice.requestId);
    const { verdict } = await verifyOutgoing(
      { name: LETTER_NAME, mediaType: 'application/pdf', content: pdf },
      inTexts,
    );
    if (verdict === 'pass') return pdf;
    throw new UnrecoverableError(
      'The late notice holds something that is removed from the documents. It was not sent. Write the reason without it.',
    );
  }
}
