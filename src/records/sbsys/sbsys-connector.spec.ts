import { errorOf, gather, gatherBytes, listeningRun } from '../../../test/conformance/gather';
import { cases, CITIZEN, fullCase, heldCase, stranger } from '../../../test/conformance/held-by-the-source';
import { FAST } from '../../../test/conformance/subject';
import type { Connector, SourceErrorClass } from '../../contracts';
import type { FaultKind, Route } from '../../sandbox/records/faults';
import type { HeldCase } from '../../sandbox/records/holdings';
import { SbsysStandIn } from '../../sandbox/sbsys/standin';
import { createConnector } from '../connector-registry';

const SOURCE = { id: 'sbsys', kind: 'sbsys', name: 'vores sagssystem (SBSYS)', owner: 'IT' };

/** What SBSYS asks beyond the rules of every connector. */
describe('reading SBSYS', () => {
  let standIn: SbsysStandIn;
  let connector: Connector;
  const open = async (held: HeldCase[]): Promise<void> => {
    standIn = await new SbsysStandIn(held).start();
    connector = createConnector(SOURCE, { ...standIn.readerSettings(), ...FAST });
  };
  afterEach(() => standIn.stop());

  it('gives every party with its part, in the words of the party register', async () => {
    const child = { name: 'Bo Vang Iversen', part: 'Underretter', cpr: CITIZEN };
    const worker = { name: 'Kim Juhl', part: 'Sagsbehandler', employee: true };
    await open([heldCase(1, { parties: [stranger, child, worker] })]);
    const [found] = (await gather(connector)).cases;
    expect(found.parties.map((party) => [party.role, party.roleText])).toEqual([
      ['primary', 'citizen'],
      ['secondary', 'notifier'],
      ['other', 'caseworker'],
    ]);
  });

  it('reads subject and facet from the case number', async () => {
    await open([heldCase(1, { closedAt: '2024-06-01' })]);
    expect((await gather(connector)).cases).toMatchObject([
      { open: false, closedAt: '2024-06-01', kle: '32.24.04', facet: 'G01' },
    ]);
  });

  it('asks for one new token when the old one dies', async () => {
    await open(cases(2));
    await gather(connector);
    standIn.expireTokens();
    await gather(connector);
    expect(standIn.requests.filter((request) => request.includes('/token'))).toHaveLength(2);
  });

  it('asks once and no more when it is told to come back later', async () => {
    await open(cases(1));
    standIn.fault({ route: 'search', kind: '429', times: 9, retryAfterSeconds: 120 });
    await errorOf(gather(connector));
    expect(standIn.requests.filter((request) => request.includes('/sag/search'))).toHaveLength(1);
  });

  const gives: [Route, FaultKind, SourceErrorClass][] = [
    ['token', 'html200', 'contract'],
    ['search', '401', 'auth'],
    ['search', 'repeatItem', 'truncated'],
    ['parts', '500', 'unavailable'],
    ['documents', 'repeatItem', 'truncated'],
    ['documents', '423', 'locked'],
  ];
  it.each(gives)('%s: %s all the time is "%s", never an empty answer', async (route, kind, errorClass) => {
    await open([fullCase(1), fullCase(2)]);
    standIn.fault({ route, kind, times: 99 });
    expect((await errorOf(gatherBytes(connector))).errorClass).toBe(errorClass);
  });

  it('says what is wrong instead of being well', async () => {
    await open(cases(1));
    standIn.fault({ route: 'states', kind: '403' });
    const health = await connector.health(listeningRun().signal);
    expect(health).toMatchObject({ ok: false, detail: expect.stringContaining('403') });
  });

  it('admits that it finds primary parties only when no other search is configured', async () => {
    await open(cases(1));
    const { partySearchField: _field, ...settings } = standIn.readerSettings();
    const { coverage } = createConnector(SOURCE, settings);
    expect(coverage.partyRoles).toEqual(['primary']);
    expect(coverage.knownGaps.join(' ')).toContain('sekundær part');
  });
});
