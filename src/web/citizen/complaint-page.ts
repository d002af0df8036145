import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { CitizenUser } from '../../identity/sessions';
import { Database } from '../../platform/database/database';
import { subjectChoices } from '../complaints/complaint-words';
import type { ComplaintDraft, NewComplaintPage } from '../views/klager';
import type { FieldError } from '../views/page-shell';
import { Answers } from './answer';
import { RequestPages } from './request-pages';
import { hasAnswer } from './request-words';

/** The form of a complaint, with the documents of the letter’s own list. */
@Injectable()
export class ComplaintForms {
  constructor(
    private readonly database: Database,
    private readonly requests: RequestPages,
    private readonly answers: Answers,
  ) {}

  async page(
    user: CitizenUser,
    requestId: string,
    draft: ComplaintDraft & { noegle?: string } = {},
    errors: FieldError[] = [],
  ): Promise<NewComplaintPage> {
    const request = await this.database.inAuthority(user.authorityId, (entities) =>
      this.requests.own(entities, user, requestId),
    );
    const isAnswered = hasAnswer(request);
    const documents =
      isAnswered && request.deletedAt === null ? (await this.answers.page(user, requestId)).documents : [];
    return {
      ...{ requestId: request.id, requestHref: `/anmodninger/${request.id}`, caseNumber: request.number, isAnswered },
      key: draft.noegle ?? randomUUID(),
      subjects: subjectChoices(isAnswered),
      documents: documents.map(({ number, title }) => ({ value: number, label: `${number}. ${title}` })),
      cameBy: [],
      form: isAnswered ? draft : { om: 'delay', ...draft },
      errors,
    };
  }
}
