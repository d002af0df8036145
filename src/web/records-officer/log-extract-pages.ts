import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { extractLines } from '../../delivery/log-extract/log-extract-lines';
import { LogExtracts, type LogExtract } from '../../delivery/log-extract/log-extracts';
import type { StaffUser } from '../../identity/sessions';
import { Staff } from '../../identity/staff.entity';
import { danishDay, longDate } from '../../law';
import { typeset } from '../../pdf';
import { Authority } from '../../platform/database/authority.entity';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/database/database';
import { RefusedVisit } from '../http/refused-visit';
import type { LogExtractPage, LogExtractsPage } from '../views/logudtraek';
import type { FieldError } from '../views/page-shell';
import type { StatusTag } from '../views/status-tag';
import { ActorNames } from './actor-names';
import { csvOf } from './csv';
import { lineInWords } from './log-extract-words';
import { mayDecide, periodInWords } from './sample-audit-pages';

const PATH = '/arkiv/logudtraek';
const TEMPLATE = join(__dirname, '../../../templates/letters/logudtraek.typ');
const TAGS: Record<LogExtract['state'], StatusTag> = {
  prepared: { word: 'Venter på en afgørelse', tone: 'attention' },
  given: { word: 'Givet', tone: 'done' },
  refused: { word: 'Afslået', tone: 'neutral' },
};

/** `/arkiv/logudtraek`: who has looked at a citizen's file, prepared for an employee's decision. */
@Injectable()
export class LogExtractPages {
  constructor(
    private readonly database: Database,
    private readonly extracts: LogExtracts,
    private readonly names: ActorNames,
    private readonly clock: Clock,
  ) {}

  list(user: StaffUser, form?: LogExtractsPage['form'], errors: FieldError[] = []): Promise<LogExtractsPage> {
    return this.database.inAuthority(user.authorityId, async (entities) => {
      const extracts = await this.extracts.list(entities, user.authorityId);
      const citizens = await this.names.names(
        entities,
        extracts.map(({ personRefId }) => personRefId),
      );
      const staff = new Map((await entities.find(Staff)).map(({ id, name }) => [id, name]));
      const today = danishDay(this.clock.now());
      return {
        extracts: extracts.map((extract) => ({
          href: `${PATH}/${extract.id}`,
          citizen: citizens.get(extract.personRefId) ?? 'Borger',
          period: periodInWords(extract),
          preparedAt: extract.preparedAt,
          preparedBy: staff.get(extract.preparedBy) ?? 'En medarbejder',
          status: TAGS[extract.state],
        })),
        form: form ?? { fra: `${Number(today.slice(0, 4)) - 1}-01-01`, til: today },
        mayDecide: mayDecide(user),
        errors,
      };
    });
  }

  page(
    user: StaffUser,
    id: string,
    asked: { leftOut: string[]; reason: string } = { leftOut: [], reason: '' },
    errors: FieldError[] = [],
  ): Promise<LogExtractPage> {
    return this.database.inAuthority(user.authorityId, async (entities) => {
      const extract = await this.extracts.of(entities, user.authorityId, id);
      const citizens = await this.names.names(entities, [extract.personRefId]);
      const staff = new Map((await entities.find(Staff)).map((each) => [each.id, each.name]));
      const leftOut = new Set(extract.state === 'prepared' ? asked.leftOut : extract.leftOut);
      return {
        id,
        citizen: citizens.get(extract.personRefId) ?? 'Borger',
        period: periodInWords(extract),
        preparedAt: extract.preparedAt,
        preparedBy: staff.get(extract.preparedBy) ?? 'En medarbejder',
        status: TAGS[extract.state],
        lines: (await extractLines(entities, extract)).map((line) => ({
          id: line.entryId,
          isLeftOut: leftOut.has(line.entryId),
          ...lineInWords(line),
        })),
        decided: extract.decidedAt
          ? {
              by: staff.get(extract.decidedBy ?? '') ?? 'En medarbejder',
              at: extract.decidedAt,
              reason: extract.reason ?? undefined,
              isGiven: extract.state === 'given',
            }
          : undefined,
        mayDecide: mayDecide(user) && extract.state === 'prepared',
        reason: asked.reason,
        errors,
      };
    });
  }

  async csv(user: StaffUser, id: string): Promise<string> {
    const { lines } = await this.given(user, id);
    return csvOf([
      ['Hvornår', 'Hvem', 'Hvad', 'Hvorfor'],
      ...lines.map(({ when, who, what, why }) => [when, who, what, why]),
    ]);
  }

  async pdf(user: StaffUser, id: string): Promise<Uint8Array> {
    const { extract, lines, citizen, authority } = await this.given(user, id);
    const date = danishDay(extract.decidedAt as Date);
    const data = {
      municipality: authority.name,
      unit: authority.settings.unit,
      contact: `Telefon ${authority.settings.contactPhone}, ${authority.settings.contactEmail}`,
      dpo: authority.settings.dpoEmail,
      addressee: citizen,
      period: `${longDate(extract.periodFrom)} til ${longDate(extract.periodTo)}`,
      date,
      lines,
      isLeftOut: extract.leftOut.length > 0,
      reason: extract.leftOut.length > 0 ? (extract.reason ?? '') : '',
    };
    return (await typeset(TEMPLATE, data, { standard: 'ua-1', createdAt: extract.decidedAt as Date })).pdf;
  }

  /** Files are made of what was given, and of nothing that still waits for a decision. */
  private given(user: StaffUser, id: string) {
    return this.database.inAuthority(user.authorityId, async (entities) => {
      const extract = await this.extracts.of(entities, user.authorityId, id);
      if (extract.state !== 'given') throw new RefusedVisit('not-found');
      const citizens = await this.names.names(entities, [extract.personRefId]);
      const authority = await entities.findOneByOrFail(Authority, { id: user.authorityId });
      const lines = (await this.extracts.linesGiven(entities, extract)).map(lineInWords);
      return { extract, lines, citizen: citizens.get(extract.personRefId) ?? 'Borger', authority };
    });
  }
}
