import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  MOST_COUNTED,
  searchRegister,
  type RegisterPage,
  type RegisterRow,
} from '../../delivery/register/register-search';
import { PersonRef } from '../../identity/person-ref.entity';
import type { StaffUser } from '../../identity/sessions';
import { KLE_AREAS } from '../../overview/case-subject';
import { AuditLog } from '../../platform/audit-log/audit-log';
import { Database } from '../../platform/database/database';
import { KeyRing } from '../../platform/keys/authority-keys';
import { count, counted } from '../pages/amounts';
import type { DeliveriesPage, DeliveryRow } from '../views/leverancer';
import type { FieldError } from '../views/page-shell';
import { ActorNames } from './actor-names';
import type { DeliveriesQuery } from './archive-queries';
import { CHANNELS, RECEIPTS, shownState, storedStates } from './delivery-words';

const PATH = '/arkiv/leverancer';
const HASH_SHOWN = 12;
const AREAS = KLE_AREAS.map(({ number, name }) => ({ value: number, label: `${number} ${name}` }));
const CHANNEL_CHOICES = Object.entries(CHANNELS).map(([value, label]) => ({ value, label }));

/** `/arkiv/leverancer`: what was sent to whom. Names are encrypted, so it is searched by numbers, days and areas. */
@Injectable()
export class DeliveryRegister {
  constructor(
    private readonly database: Database,
    private readonly names: ActorNames,
    private readonly keyRing: KeyRing,
    private readonly audit: AuditLog,
  ) {}

  page(user: StaffUser, query: DeliveriesQuery, errors: FieldError[] = []): Promise<DeliveriesPage> {
    const { soeg, status, vej, omraade, fra, til, borger, aeldre, nyere } = query;
    const filter = { soeg: soeg.trim(), status, vej, omraade, fra, til, borger };
    const states = status ? storedStates(status) : null;
    const searched = { text: soeg, states, channel: vej, area: omraade, personRefId: borger, from: fra, to: til };
    return this.database.inAuthority(user.authorityId, async (entities) => {
      await this.note(entities, user, 'archive.list-deliveries', 'The register of deliveries was looked at.', borger);
      const place = { olderThan: aeldre || undefined, newerThan: nyere || undefined };
      const found = await searchRegister(entities, searched, place);
      const people = [...found.rows.map((row) => row.personRefId), ...(borger ? [borger] : [])];
      const names = await this.names.names(entities, people);
      return {
        filter,
        areas: AREAS,
        channels: CHANNEL_CHOICES,
        citizen: borger
          ? { name: names.get(borger) ?? 'Borger', hrefWithout: addressOf({ ...filter, borger: '' }) }
          : undefined,
        total: totalInWords(found),
        rows: found.rows.map((row) => rowView(row, names.get(row.personRefId) ?? 'Borger')),
        newerHref: found.hasNewer ? addressOf({ ...filter, nyere: found.rows[0]?.cursor ?? '' }) : undefined,
        olderHref: found.hasOlder ? addressOf({ ...filter, aeldre: found.rows.at(-1)?.cursor ?? '' }) : undefined,
        errors,
      };
    });
  }

  /** The address of a citizen's deliveries, found by a number that came in a form; null when nobody has it here. */
  async addressOfCitizen(user: StaffUser, cpr: string): Promise<string | null> {
    const keys = await this.keyRing.of(user.authorityId);
    return this.database.inAuthority(user.authorityId, async (entities) => {
      const person = await entities.findOneBy(PersonRef, { cprHmac: keys.identity(cpr) });
      const reason = 'A citizen was looked for by CPR number in the register.';
      await this.note(entities, user, 'archive.find-citizen', reason, person?.id);
      return person ? addressOf({ borger: person.id }) : null;
    });
  }

  private note(
    entities: EntityManager,
    user: StaffUser,
    action: string,
    reason: string,
    personRefId?: string,
  ): Promise<void> {
    const subject = personRefId ? { kind: 'person', id: personRefId } : { kind: 'delivery' };
    const actor = { kind: 'staff' as const, id: user.staffId };
    return this.audit.write(entities, user.authorityId, { actor, action, subject, reason });
  }
}

function addressOf(parts: Record<string, string>): string {
  const query = new URLSearchParams(Object.entries(parts).filter(([, value]) => value !== '')).toString();
  return query ? `${PATH}?${query}` : PATH;
}

function totalInWords({ counted: rows }: RegisterPage): string {
  return rows > MOST_COUNTED ? `Mere end ${count(MOST_COUNTED)} leverancer` : counted(rows, 'leverance', 'leverancer');
}

function rowView(row: RegisterRow, citizen: string): DeliveryRow {
  const isPost = row.channel !== 'manual';
  return {
    href: `${PATH}/${row.id}`,
    approvedAt: row.registeredAt,
    sentAt: row.submittedAt ?? undefined,
    citizen,
    caseNumber: row.number,
    channel: CHANNELS[row.channel],
    pages: row.pages ?? 0,
    state: shownState(row),
    receiptAt: isPost ? (row.deliveredAt ?? undefined) : undefined,
    receipt: row.lastReceipt ? (RECEIPTS[row.lastReceipt as keyof typeof RECEIPTS] ?? row.lastReceipt) : undefined,
    hash: row.manifestSha256?.slice(0, HASH_SHOWN) ?? '',
    hasCertificate: row.hasCertificate,
  };
}
