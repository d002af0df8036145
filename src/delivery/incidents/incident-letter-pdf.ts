import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { UnrecoverableError } from 'bullmq';
import type { EntityManager } from 'typeorm';
import type { AbsentTerm } from '../../contracts';
import { People } from '../../identity/people';
import { PersonRef } from '../../identity/person-ref.entity';
import { Staff } from '../../identity/staff.entity';
import { danishDay } from '../../law';
import { typeset, verifyOutgoing } from '../../pdf';
import { Authority } from '../../platform/database/authority.entity';
import { RemovedTerms } from '../../redaction/removed-terms';
import { AccessRequest } from '../../requests/request.entity';
import { Mandate } from '../mandate.entity';
import { Recipients, type Recipient } from '../recipients';
import { IncidentLetters } from './incident-letters';
import type { IncidentLetter } from './incident-letter.entity';
import { Incident } from './incident.entity';
import { withoutOwnName, withoutPublicContacts } from './secret-terms';

const TEMPLATE = join(__dirname, '..', '..', '..', 'templates', 'letters', 'haendelsesbrev.typ');
/** What the file is called. */
export const LETTER_NAME = 'brev-om-fejl.pdf';

/** Everything that a letter says, and to whom. */
export interface IncidentLetterContent {
  recipient: Recipient;
  authority: Authority;
  /** The request's number to its citizen; to others the incident's, which tells of nobody. */
  caseNumber: string;
  heading: string;
  data: object;
  /** What may stand nowhere in a letter to one who is not the requester, besides what was removed. */
  secrets: AbsentTerm[];
  addresseeName: string;
  /** Of the one whom the register of persons is asked about. */
  cpr: string;
}

/** Sets the letter and checks it like everything that leaves. */
@Injectable()
export class IncidentLetterPdf {
  constructor(
    private readonly letters: IncidentLetters,
    private readonly recipients: Recipients,
    private readonly people: People,
    private readonly terms: RemovedTerms,
  ) {}

  async content(entities: EntityManager, letter: IncidentLetter): Promise<IncidentLetterContent> {
    const authority = await entities.findOneByOrFail(Authority, { id: letter.authorityId });
    const incident = await entities.findOneByOrFail(Incident, { id: letter.incidentId });
    const request = await entities.findOneByOrFail(AccessRequest, { id: letter.requestId });
    const person = await entities.findOneByOrFail(PersonRef, { id: letter.personRefId });
    const approver = await entities.findOneByOrFail(Staff, { id: letter.approvedBy as string });
    const recipient = await this.recipientOf(entities, letter, person);
    const addresseeName = recipient.kind === 'citizen' ? await this.people.nameOf(person) : recipient.name;
    const isRecipient = letter.kind === 'recipient';
    const caseNumber = isRecipient ? request.number : `Hændelse ${incident.number}`;
    const heading = isRecipient
      ? 'Du har fået oplysninger, du ikke skulle have haft'
      : 'Oplysninger om dig er kommet i forkerte hænder';
    const { settings, name: municipality } = authority;
    return {
      ...{ recipient, authority, caseNumber, heading, addresseeName, cpr: await this.people.cprOf(person) },
      data: {
        sender: {
          ...{ municipality, unit: settings.unit, addressLines: settings.address.split('\n') },
          ...{ phone: settings.contactPhone, email: settings.contactEmail },
        },
        ...{ addressee: addresseeName, caseNumber, date: danishDay(letter.approvedAt as Date), heading },
        ...{ text: await this.letters.textOf(letter), signer: approver.name },
      },
      secrets: isRecipient ? [] : await this.requesterTerms(entities, request, person),
    };
  }

  /** @throws UnrecoverableError when the letter holds something that its reader may not know */
  async pdf(
    letter: IncidentLetter,
    { data, secrets, addresseeName, authority }: IncidentLetterContent,
  ): Promise<Uint8Array> {
    const { pdf } = await typeset(TEMPLATE, data, { standard: 'ua-1', createdAt: letter.approvedAt as Date });
    const { inTexts } = await this.terms.now(letter.authorityId, letter.requestId);
    const removed = withoutPublicContacts(withoutOwnName(inTexts, addresseeName), authority.settings);
    const absent = [...removed, ...secrets];
    const outgoing = { name: LETTER_NAME, mediaType: 'application/pdf', content: pdf };
    const { verdict } = await verifyOutgoing(outgoing, absent);
    if (verdict === 'pass') return pdf;
    throw new UnrecoverableError(
      'Brevet nævner noget, som modtageren ikke må få at vide: en oplysning, der er fjernet i dokumenterne, eller den borger, der bad om aktindsigt.',
    );
  }

  /** Who got the delivery by a mandate gets the letter, also when it has ended since. */
  private async recipientOf(
    entities: EntityManager,
    { mandateId }: IncidentLetter,
    person: PersonRef,
  ): Promise<Recipient> {
    const mandate = mandateId ? await entities.findOneBy(Mandate, { id: mandateId }) : null;
    if (mandate) return this.recipients.by(entities, mandate);
    return { kind: 'citizen', cpr: await this.people.cprOf(person) };
  }

  /** That somebody asked for access is the requester's own affair. */
  private async requesterTerms(
    entities: EntityManager,
    { personRefId }: AccessRequest,
    to: PersonRef,
  ): Promise<AbsentTerm[]> {
    if (personRefId === to.id) return [];
    const requester = await entities.findOneByOrFail(PersonRef, { id: personRefId });
    return [
      { text: await this.people.nameOf(requester), type: 'NAME' },
      { text: await this.people.cprOf(requester), type: 'CPR' },
    ];
  }
}
