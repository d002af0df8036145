import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { IncidentNotification } from '../../../delivery/incidents/incident-notification';
import { kindsInWords } from '../../../delivery/incidents/letter-proposal';
import { CAUSES, NOTIFICATION_PARTS } from '../../../delivery/incidents/notification-text';
import type { StaffUser } from '../../../identity/sessions';
import { danishDay, longDate, moment } from '../../../law';
import { typeset } from '../../../pdf';
import { AuditLog } from '../../../platform/audit-log/audit-log';
import { Authority } from '../../../platform/database/authority.entity';
import { AuditEntry } from '../../../platform/audit-log/audit-entry.entity';
import { RefusedVisit } from '../../http/refused-visit';
import { attached } from '../../http/file-reply';
import { counted } from '../../pages/amounts';
import { actionInWords } from '../audit-words';
import { IncidentReading, type IncidentInHand } from './incident-reading';
import { informingInWords, LETTER_STATES, notificationInWords, placesInWords, SEVERITY_WORDS } from './incident-words';

const TEMPLATE = join(__dirname, '../../../../templates/letters/haendelse.typ');
const READINGS = ['incident.show', 'incident.fetch'];

/** A paper about an incident: facts in lines, then texts under headings. */
export interface Paper {
  fileName: string;
  title: string;
  municipality: string;
  /** YYYY-MM-DD. */
  date: string;
  facts: { label: string; value: string }[];
  sections: { heading: string; text: string }[];
  at: Date;
}

/** What is taken along: the text for Datatilsynet, and the municipality's own record (GDPR article 33(3) and (5)). */
@Injectable()
export class IncidentPapers {
  constructor(
    private readonly reading: IncidentReading,
    private readonly notification: IncidentNotification,
    private readonly audit: AuditLog,
  ) {}

  /** Everything that is written down of the incident. */
  record(user: StaffUser, id: string): Promise<Paper> {
    return this.reading.read(user, id, async (inHand) => {
      const { entities, incident, record, nameOf, now } = inHand;
      const { current, versions } = await this.notification.of(entities, incident);
      const entries = await entities.find(AuditEntry, {
        where: { subjectKind: 'incident', subjectId: id },
        order: { id: 'ASC' },
      });
      const told = notificationInWords(incident, record.notificationReason, nameOf(incident.notificationBy));
      const informed = informingInWords(incident, record.informingReason, nameOf(incident.informingBy));
      return this.paper(user, inHand, 'fortegnelse', `Fortegnelse over brud, hændelse ${incident.number}`, [
        { heading: 'Hvad der skete', text: `${CAUSES[incident.cause]}. ${record.what}` },
        { heading: 'Hvem der fik hvad', text: deliveriesInWords(inHand) },
        { heading: 'Breve', text: lettersInWords(inHand) },
        { heading: 'Datatilsynet', text: told ?? 'Der er ikke taget stilling endnu.' },
        ...(versions[0] ? NOTIFICATION_PARTS.map(({ part, title }) => ({ heading: title, text: current[part] })) : []),
        { heading: 'Dem, oplysningerne handler om', text: informed ?? 'Der er ikke taget stilling endnu.' },
        ...record.comments.map(({ words, writtenBy, writtenAt }) => ({
          heading: `Bemærkning, ${nameOf(writtenBy)} ${moment(writtenAt, now)}`,
          text: words,
        })),
        { heading: 'Afslutning', text: record.conclusion ?? 'Hændelsen er ikke afsluttet.' },
        {
          heading: 'Forløb',
          text: entries
            .filter(({ action }) => !READINGS.includes(action))
            .map(({ at, action, actorId }) => `${moment(at, now)}: ${actionInWords(action)} (${nameOf(actorId)})`)
            .join('\n'),
        },
      ]);
    });
  }

  /** What is written into the form at virk.dk: the newest version, or an earlier one. */
  notificationText(user: StaffUser, id: string, version?: number): Promise<Paper> {
    return this.reading.read(user, id, async (inHand) => {
      const { versions } = await this.notification.of(inHand.entities, inHand.incident);
      const wanted = version === undefined ? versions[0] : versions.find((each) => each.version === version);
      if (!wanted) throw new RefusedVisit('not-found');
      const title = `Anmeldelse til Datatilsynet, hændelse ${inHand.incident.number}, udgave ${wanted.version}`;
      const sections = NOTIFICATION_PARTS.map((each) => ({ heading: each.title, text: wanted.text[each.part] }));
      return this.paper(user, inHand, `anmeldelse-${wanted.version}`, title, sections);
    });
  }

  async send(reply: FastifyReply, paper: Paper, form: 'pdf' | 'txt'): Promise<void> {
    const { fileName, at, ...data } = paper;
    const bytes =
      form === 'pdf'
        ? Buffer.from((await typeset(TEMPLATE, data, { standard: 'ua-1', createdAt: at })).pdf)
        : Buffer.from(asText(paper), 'utf8');
    await attached(reply, `${fileName}.${form}`)
      .type(form === 'pdf' ? 'application/pdf' : 'text/plain; charset=utf-8')
      .send(bytes);
  }

  private async paper(
    user: StaffUser,
    { entities, incident, record, now }: IncidentInHand,
    name: string,
    title: string,
    sections: Paper['sections'],
  ): Promise<Paper> {
    const authority = await entities.findOneByOrFail(Authority, { id: incident.authorityId });
    await this.audit.write(entities, incident.authorityId, {
      actor: { kind: 'staff', id: user.staffId },
      action: 'incident.fetch',
      subject: { kind: 'incident', id: incident.id },
      requestId: incident.requestId ?? undefined,
      reason: 'A paper about an incident was taken along.',
      details: { incident: incident.number, paper: name },
    });
    const { severity, persons, records, kinds } = incident;
    return {
      ...{ title, sections, municipality: authority.name, date: danishDay(now), at: now },
      fileName: `haendelse-${incident.number}-${name}`,
      facts: [
        { label: 'Opdaget', value: `${capital(moment(incident.noticedAt, now))}, ${record.noticedBy}` },
        { label: '72 timer udløber', value: capital(moment(incident.dueAt, now)) },
        { label: 'Vurdering', value: severity ? SEVERITY_WORDS[severity].label : 'Ikke vurderet' },
        {
          label: 'Omfang',
          value: `Cirka ${counted(persons ?? 0, 'person', 'personer')} og ${counted(records ?? 0, 'registrering', 'registreringer')}`,
        },
        { label: 'Slags', value: capital(kindsInWords(kinds)) },
      ],
      sections: sections.filter(({ text }) => text !== ''),
    };
  }
}

function deliveriesInWords({ record, people, now }: IncidentInHand): string {
  const lines = record.deliveries.map(
    ({ number, personRefId, pageNumbers, isStopped, at, channel }) =>
      `${people.get(personRefId) ?? 'Borger'}, ${number}: ${placesInWords(pageNumbers)}, ${isStopped ? 'standset før afsendelse' : `${channel} ${moment(at, now)}`}`,
  );
  return lines.join('\n') || 'Ingen leverancer er knyttet til hændelsen.';
}

function lettersInWords({ record, people, now }: IncidentInHand): string {
  const lines = record.letters.map(({ personRefId, kind, state, deliveredAt, submittedAt, writtenAt }) => {
    const what = kind === 'recipient' ? 'fik oplysningerne' : 'oplysningerne handler om';
    const at = moment(deliveredAt ?? submittedAt ?? writtenAt, now);
    return `${people.get(personRefId) ?? 'Modtager'} (${what}): ${LETTER_STATES[state].word.toLowerCase()}, ${at}`;
  });
  return lines.join('\n') || 'Der er ikke sendt breve.';
}

function asText({ title, municipality, date, facts, sections }: Paper): string {
  const head = [
    `${municipality}\n${title}\n${longDate(date)}`,
    facts.map(({ label, value }) => `${label}: ${value}`).join('\n'),
  ];
  return `${[...head, ...sections.map(({ heading, text }) => `${heading}\n\n${text}`)].join('\n\n')}\n`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
