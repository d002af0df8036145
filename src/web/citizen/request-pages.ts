import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { isUUID } from 'class-validator';
import type { EntityManager } from 'typeorm';
import { protectedCounts, searchStatement, withoutProtected } from '../../gathering/search-statement';
import { holdsRecords } from '../../gathering/source-kinds';
import { SourceRow } from '../../gathering/source.entity';
import { SourceRun } from '../../gathering/source-run.entity';
import type { CitizenUser } from '../../identity/sessions';
import { clock, danishDay, longDate, reasonSentence } from '../../law';
import { Clock } from '../../platform/clock';
import { IncidentLetters } from '../../delivery/incidents/incident-letters';
import { LateNotice } from '../../delivery/late-notice/late-notice.entity';
import { LateNotices } from '../../delivery/late-notice/late-notices';
import { Authority } from '../../platform/database/authority.entity';
import { Database } from '../../platform/database/database';
import { KeyRing, type AuthorityKeys } from '../../platform/keys/authority-keys';
import { Vault } from '../../platform/vault/vault';
import { withoutCpr } from '../../records';
import { canMove, isEnded } from '../../requests/lifecycle';
import type { AccessRequest } from '../../requests/request.entity';
import { Requests } from '../../requests/requests';
import { RefusedVisit } from '../http/refused-visit';
import { counted } from '../pages/amounts';
import type { RequestPage, RequestProgress } from '../views/anmodning';
import { sourceStatus, type SourceState } from '../views/status-tag';
import { ownComplaints } from './own-complaints';
import { timelineOf } from './request-timeline';
import { deliveryInWords, hasAnswer, owedBy, scopeInWords, sentenceOf, statusOf } from './request-words';

const NO_REQUEST = '00000000-0000-0000-0000-000000000000';
const SOURCE_STATES: Record<SourceRun['state'], SourceState> = {
  pending: 'waiting',
  searching: 'searching',
  fetching: 'searching',
  complete: 'answered',
  failed: 'failed',
  skipped: 'attested',
  awaiting: 'by_hand',
  left_out: 'left_out',
};

/** `/anmodninger/{id}`: a citizen's own request as it stands now. */
@Injectable()
export class RequestPages {
  constructor(
    private readonly database: Database,
    private readonly requests: Requests,
    private readonly clock: Clock,
    private readonly keyRing: KeyRing,
    private readonly vault: Vault,
    private readonly notices: LateNotices,
    private readonly incidentLetters: IncidentLetters,
  ) {}

  page(user: CitizenUser, id: string): Promise<RequestPage> {
    return this.database.inAuthority(user.authorityId, async (entities) => {
      const request = await this.own(entities, user, id);
      const authority = await entities.findOneByOrFail(Authority, { id: user.authorityId });
      const answerHref = hasAnswer(request) ? `/anmodninger/${request.id}/svar` : undefined;
      return {
        id: request.id,
        caseNumber: request.number,
        progress: await this.progressOf(entities, request),
        receivedAt: request.receivedAt,
        wording: (await this.requests.wordingOf(request)) ?? '',
        understanding: scopeInWords(request.scope, authority.name),
        deliveryInWords: deliveryInWords(request.scope),
        letters: [
          ...(answerHref
            ? [
                {
                  text: 'Afgørelse om aktindsigt',
                  href: `${answerHref}/afgoerelse.pdf`,
                  at: await sentAt(entities, request),
                },
              ]
            : []),
          ...(await this.incidentLettersOf(entities, request)),
        ],
        answerHref,
        canWithdraw: canMove(request.state, 'withdrawn'),
        complaints: await ownComplaints(entities, request.id),
        complaintHref: this.mayComplain(request) ? `/klager/ny?anmodning=${request.id}` : undefined,
      };
    });
  }

  progress(user: CitizenUser, id: string): Promise<RequestProgress> {
    return this.database.inAuthority(user.authorityId, async (entities) =>
      this.progressOf(entities, await this.own(entities, user, id)),
    );
  }

  /** The bytes of a letter that stands on the page. */
  async letter(user: CitizenUser, id: string, letterId: string): Promise<Readable> {
    const letter = await this.database.inAuthority(user.authorityId, async (entities) => {
      const request = await this.own(entities, user, id);
      return (await this.incidentLetters.sentTo(entities, request.id)).find((each) => each.id === letterId);
    });
    if (!letter || letter.letterKey === null || letter.mandateId !== null) throw new RefusedVisit('not-found');
    return this.vault.read(user.authorityId, letter.letterKey, {
      actor: { kind: 'citizen', id: user.personRefId },
      action: 'vault.read',
      subject: { kind: 'incident_letter', id: letter.id },
      requestId: letter.requestId,
      reason: 'The citizen fetched a file of the answer.',
    });
  }

  /** Something that differs as soon as the page would; asked for every second, so it is one light question. */
  version(user: CitizenUser, id: string): Promise<{ text: string; hasEnded: boolean; hasAnswer: boolean }> {
    return this.database.inAuthority(user.authorityId, async (entities) => {
      const request = await this.own(entities, user, id);
      const [{ text }]: { text: string }[] = await entities.query(
        `select coalesce((select max(e.id)::text from request_event e where e.request_id = $1), '') || ':' ||
                coalesce((select string_agg(s.state, ',' order by s.id) from source_run s where s.request_id = $1), '') as text`,
        [request.id],
      );
      return { text: `${request.state}:${text}`, hasEnded: isEnded(request.state), hasAnswer: hasAnswer(request) };
    });
  }

  /** Over an answer, or over the time once the legal deadline has gone by. */
  private mayComplain(request: AccessRequest): boolean {
    const owed = owedBy(request);
    return hasAnswer(request) || (owed !== undefined && owed < danishDay(this.clock.now()));
  }

  /** A text that is no id, an id that was never given and another citizen's request get the same answer. */
  own(entities: EntityManager, user: CitizenUser, id: string): Promise<AccessRequest> {
    return this.requests.ofCitizen(entities, isUUID(id) ? id : NO_REQUEST, user.personRefId);
  }

  /** The newest notice: its reason, and the only date beyond the legal one that a citizen is shown. */
  private async lateNoticeOf(entities: EntityManager, { id }: AccessRequest): Promise<RequestProgress['lateNotice']> {
    const [newest] = await entities.find(LateNotice, {
      where: { requestId: id },
      order: { position: 'DESC' },
      take: 1,
    });
    if (!newest) return undefined;
    return { newDate: newest.expectedOn, reason: reasonSentence(await this.notices.reasonOf(newest)) };
  }

  /** What the municipality wrote about a fault in the answer. Where a firm got it, it is the firm's. */
  private async incidentLettersOf(entities: EntityManager, { id }: AccessRequest): Promise<RequestPage['letters']> {
    const letters = await this.incidentLetters.sentTo(entities, id);
    return letters
      .filter(({ letterKey, mandateId }) => letterKey !== null && mandateId === null)
      .map(({ id: letterId, approvedAt }) => ({
        text: 'Brev om en fejl i svaret',
        href: `/anmodninger/${id}/breve/${letterId}.pdf`,
        at: approvedAt as Date,
      }));
  }

  private async progressOf(entities: EntityManager, request: AccessRequest): Promise<RequestProgress> {
    return {
      id: request.id,
      status: statusOf(request),
      sentence: sentenceOf(request),
      deadline: owedBy(request),
      lateNotice: owedBy(request) ? await this.lateNoticeOf(entities, request) : undefined,
      steps: timelineOf(request, await this.requests.eventsOf(entities, request.id)),
      sources: await sourcesOf(entities, await this.keyRing.of(request.authorityId), request),
      isLive: !isEnded(request.state),
      updatedAt: this.clock.now(),
    };
  }
}

/** Before the decision neither counts nor an empty result: both tell that a case is or is not there. */
async function sourcesOf(
  entities: EntityManager,
  keys: AuthorityKeys,
  request: AccessRequest,
): Promise<RequestProgress['sources']> {
  const runs = await entities.findBy(SourceRun, { requestId: request.id });
  const sources = new Map((await entities.find(SourceRow)).map((source) => [source.id, source]));
  const hidden = await protectedCounts(entities, request.id);
  const released = await releasedCases(entities, keys, request);
  return runs
    .map((run) => ({ run: withoutProtected(run, hidden), source: sources.get(run.sourceId) as SourceRow }))
    .filter(({ source }) => holdsRecords(source.kind))
    .sort((a, b) => (a.source.key < b.source.key ? -1 : 1))
    .map(({ run, source }) => ({
      status: sourceStatus(SOURCE_STATES[run.state]),
      text: hasAnswer(request)
        ? searchStatement(run, source)
        : [beforeDecision(run, source), ...(released.get(run.id) ?? [])].join(' '),
    }));
}

/** Title and count of the cases that an employee has released; of a protected case nothing, whoever released it. */
async function releasedCases(
  entities: EntityManager,
  keys: AuthorityKeys,
  { id }: AccessRequest,
): Promise<Map<string, string[]>> {
  const rows: { source_run_id: string; title_sealed: Buffer; documents: number }[] = await entities.query(
    `select c.source_run_id, c.title_sealed, count(d.id) filter (where d.source_document_id not like '%#%')::int as documents
     from records_case c left join document d on d.records_case_id = c.id
     where c.request_id = $1 and c.released_at is not null and c.existence = 'open' and not c.held_for_jurist
     group by c.id order by c.position`,
    [id],
  );
  const released = new Map<string, string[]>();
  for (const { source_run_id: run, title_sealed: sealed, documents } of rows) {
    const title = withoutCpr(keys.unseal('records_case.title', sealed));
    released.set(run, [
      ...(released.get(run) ?? []),
      `Sagen »${title}«: ${counted(documents, 'dokument', 'dokumenter')}.`,
    ]);
  }
  return released;
}

function beforeDecision({ state, startedAt }: SourceRun, { name }: SourceRow): string {
  const source = name.charAt(0).toUpperCase() + name.slice(1);
  if (state === 'failed')
    return `${source}. Systemet svarer ikke lige nu. En medarbejder har fået besked, så der bliver søgt igen eller søgt i hånden.`;
  if (state === 'awaiting') return `${source}. En medarbejder søger i hånden.`;
  if (state === 'left_out') return `${source}. En medarbejder har besluttet at svare uden.`;
  // A step and its date; neither count nor "nothing found", which both tell of cases.
  return startedAt
    ? `${source}. Søgningen begyndte den ${longDate(danishDay(startedAt))} kl. ${clock(startedAt)}.`
    : `${source}.`;
}

async function sentAt(entities: EntityManager, request: AccessRequest): Promise<Date> {
  const [{ at }]: { at: Date }[] = await entities.query(
    `select coalesce(max(d.signed_at), $2) as at from decision d where d.request_id = $1 and d.state = 'signed'`,
    [request.id, request.receivedAt],
  );
  return at;
}
