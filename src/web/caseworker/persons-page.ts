import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { StaffUser } from '../../identity/sessions';
import { groundsFor, type LegalBasis } from '../../law';
import { AuditLog } from '../../platform/audit-log/audit-log';
import { Database } from '../../platform/database/database';
import { DecisionMemory, type Remembered } from '../../redaction/decision-memory';
import { Persons } from '../../redaction/persons/persons';
import type { RequestPerson } from '../../redaction/persons/request-person';
import { REQUESTER_KEY } from '../../gathering/register';
import type { AccessRequest } from '../../requests/request.entity';
import { RefusedVisit } from '../http/refused-visit';
import type { GroundOption } from '../views/gennemgang';
import type { FieldError } from '../views/page-shell';
import type { PersonLine, PersonPage, PersonsPage } from '../views/personer';
import { DocumentsInHand, reviewAddress, type DocumentInHand } from './documents-in-hand';
import { accessInWords, ADDED_KINDS } from './kinds-of-information';
import { earlierPart } from './earlier-decision';
import { latestChange } from './person-change';
import { MentionsOnPage } from './mentions-on-page';
import { PART_CHOICES, partChosen, partInWords } from './person-parts';
import { RequestInHand } from './request-in-hand';

/** Places of one person on one page. */
interface PageOfPerson {
  party_key: string;
  file_id: string;
  page: number;
  places: number;
}

interface InHand {
  request: AccessRequest;
  citizen: string;
  documents: DocumentInHand[];
  persons: Map<string, RequestPerson>;
  /** Names also of persons who were merged into others. */
  nameOf(key: string): string;
  places: Map<string, PageOfPerson[]>;
  /** What part somebody had before, where this employee has rights to the area. */
  remembered: Map<string, Remembered>;
}

const NO_PLACES: PageOfPerson[] = [];

/** Who is in the file. Names of persons are shown to those who work on the request only, and every look is in the audit log. */
@Injectable()
export class PersonsPages {
  constructor(
    private readonly database: Database,
    private readonly inHand: RequestInHand,
    private readonly documents: DocumentsInHand,
    private readonly persons: Persons,
    private readonly audit: AuditLog,
    private readonly memory: DecisionMemory,
    private readonly mentions: MentionsOnPage,
  ) {}

  list(user: StaffUser, requestId: string, errors: FieldError[] = []): Promise<PersonsPage> {
    return this.database.inAuthority(user.authorityId, async (entities) => {
      const all = await this.load(entities, user, requestId);
      const lines = [...all.persons.values()].map((person) => lineOf(all, person));
      return {
        ...(await this.shell(entities, all)),
        persons: lines.sort((a, b) => b.places - a.places || a.name.localeCompare(b.name, 'da')),
        kinds: ADDED_KINDS,
        errors,
      };
    });
  }

  /** @param shown `mentionsOn`: the page, `file:page`, whose mentions are shown one by one */
  async one(
    user: StaffUser,
    requestId: string,
    key: string,
    { errors = [], mentionsOn }: { errors?: FieldError[]; mentionsOn?: string },
  ): Promise<PersonPage> {
    const view = await this.person(user, requestId, key, errors);
    if (mentionsOn === undefined) return view;
    const mentions = await this.mentions.of(user, requestId, key, mentionsOn);
    const pages = view.pages.map((page) => (page.value === mentionsOn ? { ...page, mentions } : page));
    return { ...view, pages, showsMentions: true };
  }

  private person(user: StaffUser, requestId: string, key: string, errors: FieldError[]): Promise<PersonPage> {
    return this.database.inAuthority(user.authorityId, async (entities) => {
      const all = await this.load(entities, user, requestId);
      const person = all.persons.get(key);
      if (!person) throw new RefusedVisit('not-found');
      return {
        ...(await this.shell(entities, all)),
        person: lineOf(all, person),
        isRequester: key === REQUESTER_KEY,
        pages: pagesOf(all, key),
        showsMentions: false,
        chosenPart: partChosen(person.role, person.access),
        parts: PART_CHOICES,
        others: [...all.persons.values()]
          .filter((other) => other.key !== key)
          .map((other) => ({ value: other.key, label: `${other.name}, ${partInWords(other.role)}` }))
          .sort((a, b) => a.label.localeCompare(b.label, 'da')),
        errors,
      };
    });
  }

  private async load(entities: EntityManager, user: StaffUser, requestId: string): Promise<InHand> {
    const request = await this.inHand.of(entities, requestId);
    await this.audit.write(entities, user.authorityId, {
      actor: { kind: 'staff', id: user.staffId },
      action: 'persons.read',
      subject: { kind: 'request', id: requestId },
      requestId,
      reason: 'The persons of a request are shown in the review.',
    });
    const found = await this.persons.found(entities, user.authorityId, requestId);
    const { persons } = await this.persons.judged(entities, user.authorityId, requestId);
    const names = new Map([...found, ...persons.values()].map(({ key, name }) => [key, name]));
    const rows: PageOfPerson[] = await entities.query(
      `select party_key, file_id, page, count(*)::int as places from proposal
       where request_id = $1 and party_key is not null group by 1, 2, 3`,
      [requestId],
    );
    return {
      request,
      citizen: await this.inHand.citizenOf(entities, request),
      documents: await this.documents.of(entities, request),
      persons,
      nameOf: (key) => names.get(key) ?? 'En person',
      places: groupedByPerson(rows),
      remembered: await this.memory.ofPersons(entities, user.staffId, requestId),
    };
  }

  private async shell(entities: EntityManager, { request, citizen, documents, nameOf }: InHand) {
    return {
      requestId: request.id,
      citizen,
      caseNumber: request.number,
      isInReview: request.state === 'review',
      change: await latestChange(entities, request.id, nameOf, await this.inHand.staffNames(entities)),
      grounds: groundsOf(documents.map(({ basis }) => basis)),
    };
  }
}

function groupedByPerson(rows: PageOfPerson[]): Map<string, PageOfPerson[]> {
  const grouped = new Map<string, PageOfPerson[]>();
  for (const row of rows) {
    const known = grouped.get(row.party_key);
    if (known) known.push(row);
    else grouped.set(row.party_key, [row]);
  }
  return grouped;
}

function lineOf({ request, places, documents, remembered }: InHand, person: RequestPerson): PersonLine {
  const earlier = remembered.get(person.key);
  const own = places.get(person.key) ?? NO_PLACES;
  const files = new Set(own.map(({ file_id }) => file_id));
  return {
    href: personAddress(request.id, person.key),
    name: person.name,
    part: `${partInWords(person.role)} · ${accessInWords(person.access)}`,
    isProtected: person.access === 'protected',
    how: [person.evidence, ...(earlier && !person.judgedBy ? [earlierPart(earlier)] : [])].join(' '),
    places: own.reduce((sum, each) => sum + each.places, 0),
    documents: documents.filter((document) => document.files.some(({ id }) => files.has(id))).length,
    everywhere: person.everywhere
      ? { remove: 'Fjernes overalt', keep: 'Beholdes overalt' }[person.everywhere.decision]
      : undefined,
  };
}

function pagesOf({ request, documents, places }: InHand, key: string): PersonPage['pages'] {
  const own = new Map((places.get(key) ?? NO_PLACES).map((each) => [`${each.file_id}:${each.page}`, each.places]));
  return documents.flatMap((document) =>
    document.pages.flatMap((page, index) => {
      const value = `${page.file.id}:${page.index}`;
      const count = own.get(value);
      if (count === undefined) return [];
      const text = `${document.row.position} ${document.title}, side ${index + 1}`;
      const mentionsHref = count > 1 ? `${personAddress(request.id, key)}?enkelt=${value}#delform` : undefined;
      return [
        { href: reviewAddress(request.id, document.row.id, index + 1), text, value, places: count, mentionsHref },
      ];
    }),
  );
}

/** Every provision that fits one of the cases; where it does not fit, the case's own is used. */
function groundsOf(bases: LegalBasis[]): GroundOption[] {
  const all = [...new Set(bases)].flatMap((basis) => groundsFor(basis, 'text'));
  const byId = new Map(all.map(({ id, provision, titleDa }) => [id, { id, label: `${provision} – ${titleDa}` }]));
  return [...byId.values()];
}

export function personAddress(requestId: string, key: string): string {
  return `/sagsbehandling/${requestId}/personer/${key}`;
}
