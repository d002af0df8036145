import { randomUUID } from 'node:crypto';
import type { PartyRegister, RecordsParty } from '../../src/contracts';
import { GatheringModule } from '../../src/gathering/gathering.module';
import { Register } from '../../src/gathering/register';
import { People } from '../../src/identity/people';
import { Database } from '../../src/platform/database/database';
import { Requests } from '../../src/requests/requests';
import { platformApp, type PlatformApp } from '../support/platform-app';

const CHILD = { name: 'Vilma Prøve', cpr: '0101151234' };
const LISTS: { source: string; position: number; parties: RecordsParty[] }[] = [
  { source: 'a', position: 1, parties: [{ ...CHILD, role: 'other', roleText: 'child, custody' }] },
  { source: 'a', position: 2, parties: [{ ...CHILD, role: 'other', roleText: 'child', phone: '86420000' }] },
  {
    source: 'b',
    position: 1,
    parties: [{ name: 'Åge Anmelder', role: 'other', roleText: 'citizen', cpr: '0202601235' }],
  },
  {
    source: 'b',
    position: 2,
    parties: [{ name: 'Åge Anmelder', role: 'other', roleText: 'notifier', cpr: '0202601235' }],
  },
];

describe('the register of a request', () => {
  let platform: PlatformApp;
  beforeAll(async () => {
    platform = await platformApp({}, [GatheringModule]);
  });
  afterAll(() => platform.close());

  /** The register of a new request after its sources' lists came in the given order. */
  function registerAfter(lists: typeof LISTS): Promise<PartyRegister> {
    const { app, authorityId } = platform;
    return app.get(Database).inAuthority(authorityId, async (entities) => {
      const person = await app.get(People).findOrAdd(entities, authorityId, '0303701236', 'Ida Prøve');
      const asked = { personRefId: person.id, scope: { kind: 'whole-file' as const }, key: randomUUID() };
      const { id } = await app.get(Requests).receive(entities, authorityId, asked);
      const register = app.get(Register);
      await register.addRequester(entities, authorityId, id, '0303701236', 'Ida Prøve');
      for (const { parties, ...at } of lists) await register.add(entities, authorityId, id, parties, at);
      return register.of(entities, authorityId, id);
    });
  }
  const said = ({ parties }: PartyRegister) =>
    parties.map(({ name, role, access, phone }) => [name, role, access, phone]);
  const expected = [
    ['Ida Prøve', 'requester', 'own', undefined],
    ['Vilma Prøve', 'child, custody', 'own', '86420000'],
    ['Åge Anmelder', 'citizen', 'protected', undefined],
  ];

  it('lets the first list say who a person is, a later one add to it, and protection win', async () => {
    expect(said(await registerAfter(LISTS))).toEqual(expected);
  });

  it('is the same whichever source answers first', async () => {
    expect(said(await registerAfter([...LISTS].reverse()))).toEqual(expected);
  });

  it('is the same when a list comes twice', async () => {
    expect(said(await registerAfter([...LISTS, ...LISTS]))).toEqual(expected);
  });
});
