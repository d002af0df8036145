import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { LateNotice } from '../../delivery/late-notice/late-notice.entity';
import type { SingleLetterState } from '../../delivery/single-letter/single-letter-columns';
import { LateNotices } from '../../delivery/late-notice/late-notices';
import type { StaffUser } from '../../identity/sessions';
import { Database } from '../../platform/database/database';
import { isEnded } from '../../requests/lifecycle';
import type { AccessRequest } from '../../requests/request.entity';
import { counted } from '../pages/amounts';
import type { LateNoticePage, SentNotice } from '../views/fristbrev';
import type { FieldError } from '../views/page-shell';
import type { StatusTag } from '../views/status-tag';
import { RequestInHand } from './request-in-hand';

const STATES: Record<SingleLetterState, StatusTag> = {
  queued: { word: 'På vej', tone: 'active' },
  prepared: { word: 'På vej', tone: 'active' },
  unknown: { word: 'Uvist, afventer kvittering', tone: 'attention' },
  submitted: { word: 'Sendt', tone: 'active' },
  received: { word: 'Modtaget af Digital Post', tone: 'active' },
  delivered: { word: 'Lagt i borgerens postkasse', tone: 'done' },
  failed: { word: 'Kunne ikke sendes', tone: 'problem' },
  not_registered: { word: 'Skal sendes på papir', tone: 'problem' },
  handed_over: { word: 'Sendt på papir', tone: 'done' },
};
const ANSWERED = ['signed', 'submitted', 'undeliverable'];

/** The late notices of a request, and what may stand in the next. */
@Injectable()
export class LateNoticePages {
  constructor(
    private readonly database: Database,
    private readonly inHand: RequestInHand,
    private readonly notices: LateNotices,
  ) {}

  view(
    user: StaffUser,
    requestId: string,
    form: LateNoticePage['form'] = { begrundelse: '', dato: '' },
    errors: FieldError[] = [],
  ): Promise<LateNoticePage> {
    return this.database.inAuthority(user.authorityId, async (entities) => {
      const request = await this.inHand.of(entities, requestId);
      const names = await this.inHand.staffNames(entities);
      const rows = await entities.find(LateNotice, { where: { requestId }, order: { position: 'DESC' } });
      return {
        requestId,
        citizen: await this.inHand.citizenOf(entities, request),
        deadline: request.deadlineOn,
        facts: await this.facts(entities, request),
        sent: await Promise.all(rows.map((row) => this.sent(row, names))),
        canWrite: !isEnded(request.state) && !ANSWERED.includes(request.state),
        form,
        errors,
      };
    });
  }

  private async sent(row: LateNotice, names: Map<string, string>): Promise<SentNotice> {
    return {
      id: row.id,
      at: row.writtenAt,
      by: names.get(row.writtenBy) ?? 'En medarbejder',
      expectedOn: row.expectedOn,
      reason: await this.notices.reasonOf(row),
      status: STATES[row.state],
      error: row.errorText ?? undefined,
      href: row.letterKey ? `/sagsbehandling/${row.requestId}/fristbrev/${row.id}` : undefined,
      waitsForHand: row.state === 'not_registered' || row.state === 'failed',
    };
  }

  /** What the caseworker can build the reason on. */
  private async facts(entities: EntityManager, { id }: AccessRequest): Promise<string[]> {
    const [found]: { documents: number; pages: number; sources: number; paper: number }[] = await entities.query(
      `select (select count(*)::int from document where request_id = $1) as documents,
         (select coalesce(sum(pages), 0)::int from file where request_id = $1) as pages,
         (select count(*)::int from source_run where request_id = $1) as sources,
         (select coalesce(sum(pages_estimated), 0)::int from paper_order where request_id = $1 and closed_at is null) as paper`,
      [id],
    );
    return [
      ...(found.documents > 0
        ? [
            `${counted(found.documents, 'dokument', 'dokumenter')} med ${counted(found.pages, 'side', 'sider')} er hentet`,
          ]
        : []),
      ...(found.sources > 0 ? [`${counted(found.sources, 'kilde', 'kilder')} er med i søgningen`] : []),
      ...(found.paper > 0
        ? [`cirka ${counted(found.paper, 'side', 'sider')} på papir eller mikrofilm er bestilt`]
        : []),
    ];
  }
}
