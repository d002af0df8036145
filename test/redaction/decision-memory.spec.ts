import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { EntityManager } from 'typeorm';
import { AppModule } from '../../src/app.module';
import { Staff } from '../../src/identity/staff.entity';
import { Database } from '../../src/platform/database/database';
import { loadSettings } from '../../src/platform/settings';
import { DecisionMemory } from '../../src/redaction/decision-memory';
import { ChangePersons } from '../../src/redaction/persons/change-persons';
import { Proposal } from '../../src/redaction/proposal.entity';
import { Review } from '../../src/redaction/review';
import { fileRequest, type FiledCase } from '../../src/sandbox/demo/filed-request';
import type { AccessRequest } from '../../src/requests/request.entity';
import { earlierDecision } from '../../src/web/caseworker/earlier-decision';
import { WorkerModule } from '../../src/worker.module';
import { TestTown } from '../support/test-town';

const MOTHER = { name: 'Mona Fristrup', cpr: '120380-1236' };
const FATHER = { name: 'Anders Kjelstrup', cpr: '030561-4437' };
const LINES = ['Notat af 3. marts', 'Anders Kjelstrup og Gerda Overmark ringede i dag.', 'Mona Fristrup svarede.'];

function asked(by: typeof MOTHER, lines: string[]): FiledCase {
  const other = by === MOTHER ? FATHER : MOTHER;
  return {
    requester: by,
    kle: '27.24.00',
    parties: [{ role: 'other', roleText: 'former spouse', ...other }],
    documents: [{ title: 'Notat', pages: [lines.join('\n')] }],
  };
}

describe('what was decided before', () => {
  let place: TestTown;
  let app: INestApplicationContext;
  let mette: Staff;
  /** The same note with another head, asked for by the other parent. */
  let again: AccessRequest;
  const within = <T>(work: (entities: EntityManager) => Promise<T>): Promise<T> =>
    app.get(Database).inAuthority(place.town.authorityId, work);
  const file = (filed: FiledCase) => fileRequest(app, place.town.authorityId, filed);

  beforeAll(async () => {
    place = await TestTown.start();
    const settings = loadSettings(place.town.settings);
    app = await NestFactory.createApplicationContext(AppModule.with(settings, [WorkerModule]), { logger: ['error'] });
    mette = await place.carrier.staff('mette', ['sagsbehandler']);
    const first = await file(asked(MOTHER, LINES));
    await within(async (entities) => {
      const gerda = await entities.findOneByOrFail(Proposal, { requestId: first.id, type: 'NAME', partyKey: 'P1' });
      const part = { role: 'nabo', access: 'third' as const };
      await app.get(ChangePersons).part(entities, first.id, mette.id, 'P1', part);
      await app.get(Review).decide(entities, first.id, [gerda.id], mette.id, { decision: 'keep' });
      await app.get(Review).followProposals(entities, first.id, mette.id);
      await app.get(DecisionMemory).remember(entities, first);
    });
    again = await file(asked(FATHER, ['Notat af 3. marts, kopi', ...LINES.slice(1)]));
  });
  afterAll(async () => {
    await app?.close();
    await place?.stop();
  });

  const namesOf = (request: AccessRequest) =>
    within((entities) => entities.findBy(Proposal, { requestId: request.id, type: 'NAME' }));
  const remembered = async () => {
    const names = await namesOf(again);
    const found = await within((entities) => app.get(DecisionMemory).ofProposals(entities, mette.id, names));
    return {
      names,
      found,
      of: (key: string) => found.get(names.find(({ partyKey }) => partyKey === key)?.id as string),
    };
  };

  it('on nearly the same document is proposed again', async () => {
    const gerda = (await remembered()).of('P1');
    expect(gerda).toMatchObject({ decision: 'keep', times: 1 });
    const earlier = earlierDecision({ redact: true }, 'unknown', gerda!);
    expect(earlier.suggestion).toBe('keep');
    expect(earlier.sentence).toMatch(/tidligere beholdt .* foreslås igen/);
  });

  it('is judged anew for who asks now, and the difference is said', async () => {
    const own = (await remembered()).of('R');
    expect(own).toMatchObject({ decision: 'remove', access: 'third' });
    const earlier = earlierDecision({ redact: false }, 'own', own!);
    expect(earlier).toMatchObject({ suggestion: 'keep', groundId: null });
    expect(earlier.sentence).toMatch(/står anderledes/);
  });

  it('because it was the earlier requester’s own is not remembered', async () => {
    expect((await remembered()).of('T1')).toBeUndefined();
  });

  it('about a person is known again', async () => {
    const persons = await within((entities) => app.get(DecisionMemory).ofPersons(entities, mette.id, again.id));
    expect(persons.get('P1')).toMatchObject({ role: 'nabo', access: 'third' });
  });

  it('is shown to staff with rights to the area only', async () => {
    await within((entities) => entities.update(Staff, { id: mette.id }, { areas: ['32'] }));
    expect((await remembered()).found.size).toBe(0);
    await within((entities) => entities.update(Staff, { id: mette.id }, { areas: ['27.24'] }));
    expect((await remembered()).found.size).toBeGreaterThan(0);
  });

  it('lies in the table without a word of the file, a request or who asked', async () => {
    const rows = await within((entities) => entities.query('select * from decision_memory'));
    expect(rows.length).toBeGreaterThan(0);
    const said = JSON.stringify(rows);
    expect(said).not.toMatch(/Gerda|Anders|Mona|request|person_ref/i);
    expect(said).not.toContain(again.personRefId);
  });
});
