import { Injectable } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import type { PartyAccess } from '../../contracts';
import { REQUESTER_KEY } from '../../gathering/register';
import { Clock } from '../../platform/clock';
import { KeyRing } from '../../platform/keys/authority-keys';
import { Refusal } from '../../requests/refusal';
import type { AccessRequest } from '../../requests/request.entity';
import { ReviewDesk } from '../review-desk';
import { PersonChoice, type ChoiceEffect } from './person-choice.entity';
import { Persons } from './persons';
import { Recompute } from './recompute';
import type { RequestPerson } from './request-person';
import { insertMade, removeMade, type FoundWords } from './made-proposals';

type NewChoice = Partial<PersonChoice> & Pick<PersonChoice, 'kind'>;

export interface PersonPart {
  role: string;
  access: PartyAccess;
}

export interface EverywhereDecision {
  /** Null: what was decided everywhere is left to each place again. */
  decision: 'remove' | 'keep' | null;
  groundId: string | null;
}

/** Nothing changed yet. */
export const NO_EFFECT: ChoiceEffect = { changed: 0, documents: 0, decided: 0, standing: 0, withoutGround: 0 };

/**
 * What an employee decides about persons. Every choice is one transaction: it is stored, the proposals of the whole
 * request follow, the audit log tells of it; and it can be taken back.
 */
@Injectable()
export class ChangePersons {
  constructor(
    private readonly desk: ReviewDesk,
    private readonly persons: Persons,
    private readonly recompute: Recompute,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
  ) {}

  /** Two names, one person: everything about the first is about the second from now on. */
  async merge(entities: EntityManager, requestId: string, staffId: string, key: string, into: string): Promise<string> {
    const request = await this.desk.inReview(entities, requestId);
    await this.otherThanRequester(entities, request, key);
    await this.person(entities, request, into);
    if (key === into)
      throw new Refusal('same-person', 'Vælg en anden person at samle med. En person kan ikke samles med sig selv.');
    return this.choose(entities, request, staffId, { kind: 'merge', partyKey: key, intoKey: into });
  }

  /** One name, two persons: on these pages, or in these mentions, the name means somebody else. */
  async split(
    entities: EntityManager,
    requestId: string,
    staffId: string,
    key: string,
    places: string[],
    as: PersonPart & { name: string },
  ): Promise<string> {
    const request = await this.desk.inReview(entities, requestId);
    const person = await this.person(entities, request, key);
    if (places.length === 0)
      throw new Refusal('no-places', 'Vælg de sider eller steder, hvor navnet dækker over en anden person.');
    const keys = await this.keyRing.of(request.authorityId);
    const number = await entities.countBy(PersonChoice, { requestId, kind: 'split' });
    return this.choose(entities, request, staffId, {
      kind: 'split',
      partyKey: key,
      intoKey: `S${number + 1}`,
      role: as.role,
      access: as.access,
      places,
      nameSealed: keys.seal('person_choice.name', as.name.trim() || person.name),
    });
  }

  /** Who the person is to the one who asks, and what that one may see. */
  async part(
    entities: EntityManager,
    requestId: string,
    staffId: string,
    key: string,
    { role, access }: PersonPart,
  ): Promise<string> {
    const request = await this.desk.inReview(entities, requestId);
    await this.otherThanRequester(entities, request, key);
    return this.choose(entities, request, staffId, { kind: 'part', partyKey: key, role, access });
  }

  /** Everything about the person goes, or stays, wherever it stands. */
  async everywhere(
    entities: EntityManager,
    requestId: string,
    staffId: string,
    key: string,
    { decision, groundId }: EverywhereDecision,
  ): Promise<string> {
    const request = await this.desk.inReview(entities, requestId);
    await this.person(entities, request, key);
    return this.choose(entities, request, staffId, { kind: 'everywhere', partyKey: key, decision, groundId });
  }

  /** Words that go, or stay, wherever they stand; `proposals` are the places, new ones without a choice yet. */
  async words(
    entities: EntityManager,
    requestId: string,
    staffId: string,
    found: FoundWords,
    { decision, groundId }: EverywhereDecision,
  ): Promise<string> {
    const request = await this.desk.inReview(entities, requestId);
    const choice = await this.store(entities, request, staffId, {
      kind: 'text',
      decision,
      groundId,
      wordsKey: found.wordsKey,
      places: [...found.known, ...found.added.map(({ id }) => id)],
    });
    await insertMade(entities, request, choice.id, found.added);
    return this.follow(entities, request, staffId, choice);
  }

  /** Takes the latest choice back; what followed from it goes with it. Null when there is none. */
  async undo(entities: EntityManager, requestId: string, staffId: string): Promise<string | null> {
    const request = await this.desk.inReview(entities, requestId);
    const latest = await entities.findOne(PersonChoice, {
      where: { requestId, undoneAt: IsNull() },
      order: { seq: 'DESC' },
    });
    if (!latest) return null;
    await entities.update(PersonChoice, { id: latest.id }, { undoneBy: staffId, undoneAt: this.clock.now() });
    const effect = await this.recompute.run(entities, request, staffId);
    const removed = await removeMade(entities, latest.id);
    await entities.update(
      PersonChoice,
      { id: latest.id },
      { effect: { ...effect, changed: Math.max(effect.changed, removed) } },
    );
    await this.desk.note(
      entities,
      request,
      staffId,
      'persons.undo',
      'A caseworker took a choice about a person back.',
      effect.changed,
    );
    return latest.id;
  }

  private async choose(
    entities: EntityManager,
    request: AccessRequest,
    staffId: string,
    choice: NewChoice,
  ): Promise<string> {
    return this.follow(entities, request, staffId, await this.store(entities, request, staffId, choice));
  }

  private async store(
    entities: EntityManager,
    request: AccessRequest,
    staffId: string,
    choice: NewChoice,
  ): Promise<PersonChoice> {
    const [{ seq }]: { seq: number }[] = await entities.query(
      'select coalesce(max(seq), 0)::int + 1 as seq from person_choice where request_id = $1',
      [request.id],
    );
    const row = entities.create(PersonChoice, {
      places: [],
      ...choice,
      authorityId: request.authorityId,
      requestId: request.id,
      seq,
      effect: NO_EFFECT,
      madeBy: staffId,
      madeAt: this.clock.now(),
    });
    return entities.save(row);
  }

  private async follow(
    entities: EntityManager,
    request: AccessRequest,
    staffId: string,
    choice: PersonChoice,
  ): Promise<string> {
    const effect = await this.recompute.run(entities, request, staffId);
    await entities.update(PersonChoice, { id: choice.id }, { effect });
    await this.desk.note(
      entities,
      request,
      staffId,
      `persons.${choice.kind}`,
      'A caseworker decided about a person, and the proposals of the request follow.',
      effect.changed,
    );
    return choice.id;
  }

  private async person(entities: EntityManager, request: AccessRequest, key: string): Promise<RequestPerson> {
    const { persons } = await this.persons.judged(entities, request.authorityId, request.id);
    const person = persons.get(key);
    if (!person)
      throw new Refusal(
        'no-such-person',
        'Personen findes ikke længere på listen. Opdater siden, og se hvad der er sket.',
      );
    return person;
  }

  /** Who asks is settled by the login. */
  private async otherThanRequester(entities: EntityManager, request: AccessRequest, key: string): Promise<void> {
    await this.person(entities, request, key);
    if (key === REQUESTER_KEY)
      throw new Refusal(
        'the-requester',
        'Den, der har bedt om aktindsigt, kan ikke samles med en anden eller få en anden rolle.',
      );
  }
}
