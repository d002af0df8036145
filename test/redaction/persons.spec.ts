import type { EntityManager } from 'typeorm';
import { AuditEntry } from '../../src/platform/audit-log/audit-entry.entity';
import type { Staff } from '../../src/identity/staff.entity';
import { ChangePersons } from '../../src/redaction/persons/change-persons';
import { PersonChoice } from '../../src/redaction/persons/person-choice.entity';
import { Persons } from '../../src/redaction/persons/persons';
import { mentionPlace } from '../../src/redaction/persons/request-person';
import { WordsEverywhere } from '../../src/redaction/persons/words-everywhere';
import { Proposal } from '../../src/redaction/proposal.entity';
import { Redaction } from '../../src/redaction/redaction.entity';
import { Review } from '../../src/redaction/review';
import type { AccessRequest } from '../../src/requests/request.entity';
import { CLARA } from '../../src/sandbox/municipality/citizens';
import type { Carrier } from '../support/carry-request';
import { TestTown } from '../support/test-town';

describe('the persons of a request', () => {
  let place: TestTown;
  let carrier: Carrier;
  let mette: Staff;
  let request: AccessRequest;
  /** What was proposed before anybody chose anything. */
  let before: Map<string, string>;

  beforeAll(async () => {
    place = await TestTown.start();
    ({ carrier } = place);
    await place.town.run('worker');
    mette = await carrier.staff('mette', ['sagsbehandler']);
    request = await carrier.ask(CLARA);
    await carrier.waitFor(request.id, ['review']);
    before = await proposals();
  });
  afterEach(async () => {
    while ((await within((changes, entities) => changes.undo(entities, request.id, mette.id))) !== null);
    await carrier.within((entities) => entities.delete(Redaction, { requestId: request.id }));
  });
  afterAll(() => place?.stop());

  function within<T>(work: (changes: ChangePersons, entities: EntityManager) => Promise<T>): Promise<T> {
    return carrier.within((entities) => work(carrier.app.get(ChangePersons), entities));
  }

  /** Each proposal with whose it is and what is proposed. */
  async function proposals(): Promise<Map<string, string>> {
    const rows = await carrier.within((entities) => entities.findBy(Proposal, { requestId: request.id }));
    return new Map(rows.map(({ id, partyKey, role, redact }) => [id, `${partyKey} ${role} ${redact}`]));
  }

  async function person(name: string) {
    const judged = await carrier.within((entities) =>
      carrier.app.get(Persons).judged(entities, request.authorityId, request.id),
    );
    const found = [...judged.persons.values()].find((each) => each.name === name);
    if (!found) throw new Error(`Nobody is called ${name}.`);
    return found;
  }

  const effect = (id: string | null) =>
    carrier.within(async (entities) => (await entities.findOneByOrFail(PersonChoice, { id: id as string })).effect);
  const of = (key: string) =>
    carrier.within((entities) => entities.findBy(Proposal, { requestId: request.id, partyKey: key }));
  const decisionsOf = (key: string) =>
    carrier.within((entities) => entities.findBy(Redaction, { requestId: request.id, partyKey: key }));

  it('are the parties of the register and those whom the texts name, each with how that is known', async () => {
    expect(await person('Holger Frandsen')).toMatchObject({ origin: 'register', access: 'protected' });
    expect(await person('Lone Winther')).toMatchObject({ origin: 'text', access: 'professional', role: 'læge' });
    expect((await person('Inga Sand')).evidence).toBe('Omtales som »mor« lige ved navnet.');
  });

  it('carry their proposals with them when they are merged, and get them back when that is undone', async () => {
    const [inga, emil] = [await person('Inga Sand'), await person('Emil Vang')];
    const places = (await of(inga.key)).length;
    await within((changes, entities) => changes.merge(entities, request.id, mette.id, emil.key, inga.key));
    expect(await of(emil.key)).toHaveLength(0);
    expect((await of(inga.key)).length).toBeGreaterThan(places);
    await within((changes, entities) => changes.undo(entities, request.id, mette.id));
    expect(await proposals()).toEqual(before);
  });

  it('are two where an employee says that one name covers two', async () => {
    const inga = await person('Inga Sand');
    const [first] = await of(inga.key);
    await within((changes, entities) =>
      changes.split(entities, request.id, mette.id, inga.key, [`${first.fileId}:${first.page}`], {
        name: 'Inga Sand, lærer',
        role: 'klasselærer',
        access: 'professional',
      }),
    );
    const teacher = await person('Inga Sand, lærer');
    const taken = await of(teacher.key);
    expect(taken.length).toBeGreaterThan(0);
    expect(taken.every(({ fileId, page, redact }) => fileId === first.fileId && page === first.page && !redact)).toBe(
      true,
    );
    expect((await person('Inga Sand')).access).toBe(inga.access);
  });

  it('are two in a single mention, while the rest of the page stays with the first', async () => {
    const all = await carrier.within((entities) => entities.findBy(Proposal, { requestId: request.id }));
    const isBeside = (one: Proposal, other: Proposal): boolean =>
      one.partyKey === other.partyKey && one.fileId === other.fileId && one.page === other.page;
    const first = all.find(
      (each) =>
        each.partyKey !== null &&
        each.partyKey !== 'R' &&
        all.some((other) => isBeside(each, other) && other.spanStart !== each.spanStart),
    );
    if (!first) throw new Error('Nobody is mentioned twice on one page.');
    const key = first.partyKey as string;
    const places = (await of(key)).length;
    const as = { name: 'Den anden', role: 'klasselærer', access: 'professional' as const };
    await within((changes, entities) =>
      changes.split(entities, request.id, mette.id, key, [mentionPlace({ ...first, start: first.spanStart })], as),
    );
    const taken = await of((await person('Den anden')).key);
    expect(taken.map(({ id }) => id)).toContain(first.id);
    expect(taken.every((each) => each.fileId === first.fileId && each.spanStart === first.spanStart)).toBe(true);
    expect(taken.length + (await of(key)).length).toBe(places);
  });

  it('decide by their part what is proposed in the whole request, and the effect is told', async () => {
    const inga = await person('Inga Sand');
    const own = await of(inga.key);
    const change = await within((changes, entities) =>
      changes.part(entities, request.id, mette.id, inga.key, { role: 'klasselærer', access: 'professional' }),
    );
    expect((await of(inga.key)).map(({ redact }) => redact)).toEqual(own.map(() => false));
    expect(await effect(change)).toMatchObject({
      changed: own.length,
      documents: new Set(own.map(({ fileId }) => fileId)).size,
    });
  });

  it('who are protected are proposed wherever they are found, and need a second person', async () => {
    const lone = await person('Lone Winther');
    await within((changes, entities) =>
      changes.part(entities, request.id, mette.id, lone.key, { role: 'underretter', access: 'protected' }),
    );
    const found = await of(lone.key);
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ redact, role }) => redact && role === 'underretter')).toBe(true);
  });

  it('can be removed everywhere, but what an employee decided one by one stands', async () => {
    const inga = await person('Inga Sand');
    const [one, ...others] = await of(inga.key);
    await carrier.within((entities) =>
      carrier.app.get(Review).decide(entities, request.id, [one.id], mette.id, { decision: 'keep' }),
    );
    await within((changes, entities) =>
      changes.everywhere(entities, request.id, mette.id, inga.key, { decision: 'remove', groundId: null }),
    );
    const decided = new Map((await decisionsOf(inga.key)).map((each) => [each.proposalId, each]));
    expect(decided.get(one.id)).toMatchObject({ decision: 'keep', followsChoice: null });
    expect(others.map(({ id }) => decided.get(id)?.decision)).toEqual(others.map(() => 'remove'));
    await within((changes, entities) => changes.undo(entities, request.id, mette.id));
    expect((await decisionsOf(inga.key)).map(({ proposalId }) => proposalId)).toEqual([one.id]);
  });

  it('merged into one who is removed everywhere are removed everywhere', async () => {
    const [inga, emil] = [await person('Inga Sand'), await person('Emil Vang')];
    await within((changes, entities) =>
      changes.everywhere(entities, request.id, mette.id, inga.key, { decision: 'remove', groundId: null }),
    );
    await within((changes, entities) => changes.merge(entities, request.id, mette.id, emil.key, inga.key));
    const all = await of(inga.key);
    expect(await decisionsOf(inga.key)).toHaveLength(all.length);
  });

  it('are not needed for words that are removed everywhere, also where nothing was proposed', async () => {
    const actor = { kind: 'staff' as const, id: mette.id };
    const wanted = { words: 'parkeringskort', decision: 'remove' as const, type: 'DRAWN' as const, role: '' };
    const found = await carrier.app.get(WordsEverywhere).find(request.authorityId, request.id, actor, wanted);
    expect(found.added.length).toBeGreaterThan(1);
    await within((changes, entities) =>
      changes.words(entities, request.id, mette.id, found, { decision: 'remove', groundId: null }),
    );
    const decided = await carrier.within((entities) => entities.findBy(Redaction, { requestId: request.id }));
    expect(decided.map(({ proposalId }) => proposalId).sort()).toEqual(found.added.map(({ id }) => id).sort());
    await within((changes, entities) => changes.undo(entities, request.id, mette.id));
    expect(await proposals()).toEqual(before);
  });

  it('leave the requester who he or she is', async () => {
    const clara = await person('Clara Overby Sand');
    await expect(
      within((changes, entities) =>
        changes.part(entities, request.id, mette.id, clara.key, { role: 'nabo', access: 'third' }),
      ),
    ).rejects.toMatchObject({ code: 'the-requester' });
  });

  it('and every change of them stand in the audit log, without names', async () => {
    const inga = await person('Inga Sand');
    await within((changes, entities) =>
      changes.part(entities, request.id, mette.id, inga.key, { role: 'nabo', access: 'third' }),
    );
    const entries = await carrier.within((entities) =>
      entities.findBy(AuditEntry, { requestId: request.id, action: 'persons.part' }),
    );
    expect(entries.length).toBeGreaterThan(0);
    expect(JSON.stringify(entries)).not.toMatch(/Inga/);
  });
});
