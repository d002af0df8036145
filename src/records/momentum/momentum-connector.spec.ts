import { inspect } from 'node:util';
import { gather, lettersOf } from '../../../test/conformance/gather';
import {
  citizen,
  CITIZEN,
  fullCase,
  heldCase,
  letter,
  OTHER,
  stranger,
} from '../../../test/conformance/held-by-the-source';
import type { Connector } from '../../contracts';
import type { FaultKind } from '../../sandbox/records/faults';
import { MomentumStandIn } from '../../sandbox/momentum';
import { createConnector } from '../connector-registry';

describe('KMD Momentum', () => {
  let standIn: MomentumStandIn;
  const open = async (...held: ConstructorParameters<typeof MomentumStandIn>): Promise<Connector> => {
    standIn = await new MomentumStandIn(...held).start();
    const source = { id: 'momentum', kind: 'momentum', name: 'jobcentrets system (Momentum)', owner: 'Jobcenter' };
    return createConnector(source, {
      ...standIn.readerSettings(),
      retries: 0,
      timeoutMs: 300,
      requestsPerSecond: 5000,
    });
  };
  afterEach(() => standIn.stop());

  it('finds records that have ended, which the search leaves out when it is not asked for them', async () => {
    const ended = [1, 2, 3].map((id) => heldCase(id, { closedAt: '2020-01-01' }));
    const { cases, claims } = await gather(await open([...ended, heldCase(4)]));
    expect(cases.map((each) => each.open).sort()).toEqual([false, false, false, true]);
    expect(claims).toContainEqual({ of: 'cases', count: 4 });
  });

  it('names caseworkers and private contacts as parties', async () => {
    const parties = [
      { name: 'Bo Vang Iversen', part: 'Borger', primary: true, cpr: CITIZEN },
      { name: 'Ida Vang', part: 'Mor' },
      { name: 'Kim Juhl', part: 'Sagsbehandler', employee: true },
    ];
    const [found] = (await gather(await open([heldCase(1, { parties })]))).cases;
    expect(found.parties.map(({ role, roleText }) => [role, roleText])).toEqual([
      ['primary', 'citizen'],
      ['secondary', 'mother'],
      ['other', 'caseworker'],
    ]);
  });

  it('reports the files of a note, which nobody has shown how to read', async () => {
    const documents = [letter(100, { type: 'E-mail' }), letter(101)];
    const { gaps, documents: found } = await gather(await open([heldCase(1, { documents })]));
    expect(gaps).toMatchObject([{ kind: 'unreadable', sourceCaseId: '1', sourceDocumentId: 'notat-m100' }]);
    expect(lettersOf(found)).toEqual([100, 101]);
  });

  it('takes a record that the look-up gives for a former number to be of the same citizen', async () => {
    const parties = [citizen, { name: 'Bo Vang', part: 'Tidligere nummer', cpr: OTHER }];
    const { cases, gaps } = await gather(await open([heldCase(1, { parties })]), [OTHER]);
    expect(cases.map(({ sourceCaseId }) => sourceCaseId)).toEqual(['1']);
    expect(gaps).toEqual([]);
  });

  it('reports a record about somebody else that names the citizen, and gives nothing of it', async () => {
    const parties = [stranger, { name: 'Bo Vang Iversen', part: 'Far', cpr: CITIZEN }];
    const { cases, documents, gaps } = await gather(await open([fullCase(1, { parties })]));
    expect([cases, documents]).toEqual([[], []]);
    expect(gaps).toMatchObject([{ kind: 'pointer', sourceCaseId: '1' }]);
  });

  it.each(['500', '403', 'html200', 'truncated', 'missingField'] as FaultKind[])(
    'never takes a journal that ends in %s for an empty one',
    async (kind) => {
      const connector = await open([fullCase(1)]);
      standIn.fault({ route: 'notes', kind, field: 'body', times: 99 });
      const outcome = await gather(connector).catch((reason: Error) => reason);
      if (outcome instanceof Error) expect(outcome).toMatchObject({ name: 'SourceError' });
      else expect(outcome.gaps).toMatchObject([{ kind: 'forbidden', sourceCaseId: '1' }]);
    },
  );

  it.each([
    ['no key to the gateway', { apiKey: '' }],
    ['more rows a page than Momentum gives', { pageSize: 201 }],
  ])('takes no settings with %s', async (_words, wrong) => {
    const { source } = await open([]);
    const make = (): unknown => createConnector(source, { ...standIn.readerSettings(), ...wrong });
    expect(make).toThrow(new RegExp(`^The settings of the source "momentum" .*${Object.keys(wrong)[0]}`));
  });

  // The look-up has the number in its address, as Momentum wants it.
  const kinds: FaultKind[] = ['401', '403', '429', '500', 'html200', 'truncated', 'slow', 'missingField'];
  it.each(kinds)('tells nothing of the citizen when the look-up ends in %s', async (kind) => {
    const connector = await open([heldCase(1)]);
    standIn.fault({ route: 'search', kind, field: 'citizenId', times: 99 });
    const error: unknown = await gather(connector).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(inspect(error, { depth: null }).replace(/\D/g, '')).not.toContain(CITIZEN.replace('-', ''));
  });
});
