import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CheckDelivery } from '../../delivery/sample-audit/check-delivery';
import { AUDIT_POINTS, chosenBeforehand, type Evidence } from '../../delivery/sample-audit/points';
import {
  findingsOf,
  type SampleAnswer,
  type SampleAudit,
  type SampleItem,
} from '../../delivery/sample-audit/sample-audit';
import { SampleAuditRows } from '../../delivery/sample-audit/sample-audit-rows';
import type { StaffUser } from '../../identity/sessions';
import { Staff } from '../../identity/staff.entity';
import { basisName, danishDay, isLegalBasis, longDate } from '../../law';
import { areaOf } from '../../overview/case-subject';
import { AuditLog } from '../../platform/audit-log/audit-log';
import { Clock } from '../../platform/clock';
import { Authority } from '../../platform/database/authority.entity';
import { Database } from '../../platform/database/database';
import { RefusedVisit } from '../http/refused-visit';
import type { FieldError } from '../views/page-shell';
import type { StatusTag } from '../views/status-tag';
import type { SampleAuditPage, SampleAuditsPage, SampleItemPage, SamplePointView } from '../views/stikproever';
import { ActorNames } from './actor-names';
import { PROGRAM_TAGS } from './sample-words';

const PATH = '/arkiv/stikproever';
const USUAL_SIZE = '10';

export interface DrawnAudit {
  municipality: string;
  audit: SampleAudit;
  items: SampleItem[];
  answers: SampleAnswer[];
  citizens: Map<string, string>;
  staff: Map<string, string>;
  isRepeatable: boolean;
}

/** `/arkiv/stikproever`: is our work right? */
@Injectable()
export class SampleAuditPages {
  constructor(
    private readonly database: Database,
    private readonly rows: SampleAuditRows,
    private readonly checks: CheckDelivery,
    private readonly names: ActorNames,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  list(user: StaffUser, form?: SampleAuditsPage['form'], errors: FieldError[] = []): Promise<SampleAuditsPage> {
    return this.database.inAuthority(user.authorityId, async (entities) => {
      const audits = await this.rows.list(entities, user.authorityId);
      const staff = await staffNames(entities);
      await this.note(entities, user, 'The list of sample audits was looked at.');
      return {
        audits: audits.map((audit) => ({
          href: `${PATH}/${audit.id}`,
          period: periodInWords(audit),
          drawnAt: audit.drawnAt,
          drawnBy: staff.get(audit.drawnBy) ?? 'En medarbejder',
          size: Math.min(audit.wanted, audit.population),
          status: auditTag(audit),
        })),
        form: form ?? { ...lastMonth(this.clock.now()), antal: USUAL_SIZE },
        mayDecide: mayDecide(user),
        errors,
      };
    });
  }

  /** Everything of one audit, for its page and its report. */
  load(user: StaffUser, auditId: string): Promise<DrawnAudit> {
    return this.database.inAuthority(user.authorityId, async (entities) => {
      const audit = await this.rows.of(entities, user.authorityId, auditId);
      if (!audit) throw new RefusedVisit('not-found');
      const items = await this.rows.itemsOf(entities, auditId);
      await this.note(entities, user, 'A sample audit was looked at.', auditId);
      const people = items.map(({ personRefId }) => personRefId);
      const { name } = await entities.findOneByOrFail(Authority, { id: user.authorityId });
      return {
        municipality: name,
        audit,
        items,
        answers: await this.rows.answersOf(entities, user.authorityId, auditId),
        citizens: await this.names.names(entities, people),
        staff: await staffNames(entities),
        isRepeatable: await this.rows.isRepeatable(entities, audit),
      };
    });
  }

  async page(user: StaffUser, auditId: string, errors: FieldError[] = [], conclusion = ''): Promise<SampleAuditPage> {
    const drawn = await this.load(user, auditId);
    const { audit, items, answers, citizens, staff } = drawn;
    const by = (id: string | null): string => staff.get(id ?? '') ?? 'En medarbejder';
    return {
      id: audit.id,
      period: periodInWords(audit),
      draw: {
        seed: audit.seed,
        size: items.length,
        population: audit.population,
        populationSha256: audit.populationSha256,
        at: audit.drawnAt,
        by: by(audit.drawnBy),
        isRepeatable: drawn.isRepeatable,
      },
      items: items.map((item) => {
        const own = answers.filter(({ itemId }) => itemId === item.id);
        return {
          href: `${PATH}/${audit.id}/leverance/${item.id}`,
          citizen: citizens.get(item.personRefId) ?? 'Borger',
          caseNumber: item.number,
          stratum: stratumInWords(item.stratum),
          answered: own.length,
          wrong: findingsOf(own).length,
          status: itemTag(own),
        };
      }),
      points: pointsInNumbers(items, answers),
      findings: findingViews(drawn),
      closed: audit.closedAt
        ? { at: audit.closedAt, by: by(audit.closedBy), conclusion: audit.conclusion ?? '' }
        : undefined,
      open: items.length * AUDIT_POINTS.length - answers.length,
      conclusion,
      mayDecide: mayDecide(user),
      errors,
    };
  }

  async item(user: StaffUser, auditId: string, itemId: string, asked?: ReturnType<typeof refusedForm>) {
    const { audit, items, answers, citizens, staff } = await this.load(user, auditId);
    const item = items.find(({ id }) => id === itemId);
    if (!item) throw new RefusedVisit('not-found');
    const own = new Map(answers.filter((each) => each.itemId === itemId).map((each) => [each.point, each]));
    const found = audit.closedAt ? new Map<number, Evidence>() : await this.evidence(user, item);
    const next = items.find(({ position }) => position === item.position + 1);
    const view: SampleItemPage = {
      auditId,
      itemId,
      citizen: citizens.get(item.personRefId) ?? 'Borger',
      caseNumber: item.number,
      deliveryHref: `/arkiv/leverancer/${item.deliveryId}`,
      position: item.position,
      size: items.length,
      nextHref: next && `${PATH}/${auditId}/leverance/${next.id}`,
      isClosed: audit.closedAt !== null,
      mayDecide: mayDecide(user),
      points: AUDIT_POINTS.map((point) => pointView(point, found.get(point.number), own.get(point.number), staff)),
      errors: asked?.errors ?? [],
    };
    for (const point of view.points) Object.assign(point, asked?.answers.get(point.number));
    return view;
  }

  evidence(user: StaffUser, { deliveryId }: SampleItem): Promise<Map<number, Evidence>> {
    return this.checks.of(user.authorityId, deliveryId, { kind: 'staff', id: user.staffId });
  }

  private note(entities: EntityManager, user: StaffUser, reason: string, auditId?: string): Promise<void> {
    return this.audit.write(entities, user.authorityId, {
      actor: { kind: 'staff', id: user.staffId },
      action: 'sample-audit.show',
      subject: { kind: 'sample_audit', id: auditId },
      reason,
    });
  }
}

/** What was sent and could not be stored, shown again beside the reasons. */
export function refusedForm(
  answers: Map<number, Pick<SamplePointView, 'answer' | 'note'>>,
  errors: FieldError[],
): { answers: Map<number, Pick<SamplePointView, 'answer' | 'note'>>; errors: FieldError[] } {
  return { answers, errors };
}

export function mayDecide({ roles }: StaffUser): boolean {
  return roles.includes('arkivar');
}

export function periodInWords({ periodFrom, periodTo }: { periodFrom: string; periodTo: string }): string {
  return `${longDate(periodFrom)} – ${longDate(periodTo)}`;
}

/** `32 · FVL_PART` as people say it. */
export function stratumInWords(stratum: string): string {
  const [area, basis] = stratum.split(' · ');
  return `${areaOf(area)}, ${isLegalBasis(basis) ? basisName(basis) : basis}`;
}

export function findingViews({ audit, items, answers, citizens, staff }: DrawnAudit): SampleAuditPage['findings'] {
  return items.flatMap((item) =>
    findingsOf(answers.filter(({ itemId }) => itemId === item.id)).map((answer) => ({
      item: item.id,
      caseNumber: `${citizens.get(item.personRefId) ?? 'Borger'}, ${item.number}`,
      href: `${PATH}/${audit.id}/leverance/${item.id}#punkt-${answer.point}`,
      point: answer.point,
      title: AUDIT_POINTS.find(({ number }) => number === answer.point)?.title ?? '',
      note: answer.note ?? '',
      by: staff.get(answer.answeredBy) ?? 'En medarbejder',
      followUp:
        answer.followUp && answer.followedUpAt
          ? {
              words: answer.followUp,
              by: staff.get(answer.followedUpBy ?? '') ?? 'En medarbejder',
              at: answer.followedUpAt,
            }
          : undefined,
    })),
  );
}

function pointView(
  point: (typeof AUDIT_POINTS)[number],
  found: Evidence | undefined,
  answer: SampleAnswer | undefined,
  staff: Map<string, string>,
): SamplePointView {
  const evidence = found ?? { verdict: answer?.programVerdict ?? 'unknown', lines: answer?.evidence ?? [] };
  return {
    ...point,
    program: { tag: PROGRAM_TAGS[evidence.verdict], lines: evidence.lines, href: evidence.href },
    answer: answer?.verdict ?? chosenBeforehand(evidence.verdict),
    note: answer?.note ?? '',
    answered: answer && { by: staff.get(answer.answeredBy) ?? 'En medarbejder', at: answer.answeredAt },
  };
}

export function pointsInNumbers(items: SampleItem[], answers: SampleAnswer[]): SampleAuditPage['points'] {
  return AUDIT_POINTS.map(({ number, title }) => {
    const own = answers.filter(({ point }) => point === number);
    const count = (verdict: SampleAnswer['verdict']): number => own.filter((each) => each.verdict === verdict).length;
    const open = items.length - own.length;
    return { number, title, right: count('right'), wrong: count('wrong'), notRelevant: count('not_relevant'), open };
  });
}

function itemTag(answers: SampleAnswer[]): StatusTag {
  if (answers.length < AUDIT_POINTS.length) return { word: answers.length ? 'I gang' : 'Ikke begyndt', tone: 'active' };
  return findingsOf(answers).length > 0 ? { word: 'Fejl fundet', tone: 'problem' } : { word: 'I orden', tone: 'done' };
}

function auditTag({ closedAt }: SampleAudit): StatusTag {
  return closedAt ? { word: 'Afsluttet', tone: 'done' } : { word: 'I gang', tone: 'active' };
}

async function staffNames(entities: EntityManager): Promise<Map<string, string>> {
  return new Map((await entities.find(Staff)).map(({ id, name }) => [id, name]));
}

/** The whole month before this one. */
function lastMonth(now: Date): { fra: string; til: string } {
  const [year, month] = danishDay(now).split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 2, 1));
  const last = new Date(Date.UTC(year, month - 1, 0));
  return { fra: first.toISOString().slice(0, 10), til: last.toISOString().slice(0, 10) };
}
