import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { RegisterParty } from '../../contracts';
import { Register } from '../../gathering/register';
import { People } from '../../identity/people';
import { PersonRef } from '../../identity/person-ref.entity';
import { KeyRing } from '../../platform/keys/authority-keys';
import { Refusal } from '../../requests/refusal';
import type { Incident } from './incident.entity';

/** Somebody of an incident's requests whose data may have come to the wrong one. */
export interface PersonConcerned {
  /** Request and party, as the form sends them back. */
  key: string;
  name: string;
  role: string;
  /** No number is known, so no letter can be sent from here. */
  hasNoCpr: boolean;
  /** Navne- og adressebeskyttelse, or one who told the municipality something in confidence. */
  isProtected: boolean;
}

interface Found {
  requestId: string;
  party: RegisterParty;
}

/** Who can be written to about an incident: the persons that the sources named in its requests. */
@Injectable()
export class IncidentPersons {
  constructor(
    private readonly register: Register,
    private readonly people: People,
    private readonly keyRing: KeyRing,
  ) {}

  async of(entities: EntityManager, incident: Incident): Promise<PersonConcerned[]> {
    return (await this.found(entities, incident)).map(({ requestId, party }) => ({
      key: `${requestId}:${party.id}`,
      name: party.name,
      role: party.role,
      hasNoCpr: !party.cpr,
      isProtected: party.access === 'protected',
    }));
  }

  /** The person behind a form's key, known to the authority from now on. */
  async chosen(
    entities: EntityManager,
    incident: Incident,
    key: string,
  ): Promise<{ person: PersonRef; requestId: string }> {
    const found = (await this.found(entities, incident)).find(
      ({ requestId, party }) => `${requestId}:${party.id}` === key,
    );
    if (!found?.party.cpr)
      throw new Refusal(
        'person',
        'Personen har ikke noget personnummer i sagerne. Find det i CPR, og skriv det i felterne nedenfor.',
      );
    return this.byNumber(entities, incident, found.party.cpr, found.party.name, found.requestId);
  }

  /** One who is named by no source, for example whose document lay on the wrong citizen. */
  async byNumber(
    entities: EntityManager,
    { authorityId, requestId }: Incident,
    cpr: string,
    name: string,
    ofRequest = requestId,
  ): Promise<{ person: PersonRef; requestId: string }> {
    if (ofRequest === null)
      throw new Refusal(
        'person',
        'Hændelsen hører ikke til nogen anmodning endnu. Find ud af, hvem der fik siden, og føj leverancen til hændelsen.',
      );
    const number = cpr.replace(/\D/g, '');
    // The name that a login or a register gave stands; what somebody wrote in a form does not replace it.
    const cprHmac = (await this.keyRing.of(authorityId)).identity(number);
    const known = await entities.findOneBy(PersonRef, { cprHmac });
    const person = known ?? (await this.people.findOrAdd(entities, authorityId, number, name));
    return { person, requestId: ofRequest };
  }

  private async found(entities: EntityManager, { id, authorityId, requestId }: Incident): Promise<Found[]> {
    const rows: { id: string }[] = await entities.query(
      `select v.request_id as id from incident_delivery i join delivery v on v.id = i.delivery_id where i.incident_id = $1
       union select $2::uuid where $2::uuid is not null`,
      [id, requestId],
    );
    const registers = await Promise.all(rows.map((row) => this.register.of(entities, authorityId, row.id)));
    return registers.flatMap(({ case: of, parties, requester }) =>
      parties
        // An employee acts in office, and the requester is written to as the recipient.
        .filter((party) => party.id !== requester && party.access !== 'employee')
        .map((party) => ({ requestId: of, party })),
    );
  }
}
