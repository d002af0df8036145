import { all, bytesOf, gather, listeningRun } from '../../../test/conformance/gather';
import { caselessLetter, cases, CITIZEN, fullCase, heldCase } from '../../../test/conformance/held-by-the-source';
import type { Connector } from '../../contracts';
import { NexusStandIn } from '../../sandbox/nexus';
import { createConnector } from '../connector-registry';
import { fieldsOf } from './object-fields';

describe('KMD Nexus', () => {
  let standIn: NexusStandIn;
  const open = async (...held: ConstructorParameters<typeof NexusStandIn>): Promise<Connector> => {
    standIn = await new NexusStandIn(...held).start();
    const source = { id: 'nexus', kind: 'nexus', name: 'omsorgssystemet (Nexus)', owner: 'Omsorg' };
    return createConnector(source, { ...standIn.readerSettings(), retries: 0, requestsPerSecond: 5000 });
  };
  afterEach(() => standIn.stop());

  it('reports a record that is closed to the service account, which is not "nothing found"', async () => {
    const connector = await open(cases(2));
    standIn.closeRecordOf(CITIZEN);
    expect(await gather(connector)).toMatchObject({ cases: [], documents: [], gaps: [{ kind: 'forbidden' }] });
    const { reportGap: _unheard, ...deaf } = listeningRun();
    await expect(all(connector.discover({ cprs: [CITIZEN] }, deaf))).rejects.toMatchObject({ errorClass: 'forbidden' });
  });

  it('gives a pathway below another as a case of its own, once, with the one above it', async () => {
    const found = (await gather(await open([fullCase(1), fullCase(2, { parentId: 1 })]))).cases;
    expect(found.map((each) => [each.sourceCaseId, each.parentSourceCaseId])).toEqual([
      ['patientPathways/1', undefined],
      ['patientPathways/2', 'patientPathways/1'],
    ]);
  });

  it('reports pathways that the citizen has and the view does not show', async () => {
    const connector = await open(cases(2));
    standIn.fault({ route: 'search', kind: 'shortList', times: 99 });
    expect((await gather(connector)).gaps).toMatchObject([{ kind: 'count_mismatch' }]);
  });

  it('refuses to search through a view that is not there', async () => {
    const connector = await open(cases(1));
    const blind = createConnector(connector.source, { ...standIn.readerSettings(), view: 'Aktive forløb, mine' });
    await expect(gather(blind)).rejects.toMatchObject({
      errorClass: 'contract',
      message: expect.stringContaining('view'),
    });
  });

  it('notices a page of the inbox that is left out', async () => {
    const letters = [801, 802, 803, 804].map((id) => caselessLetter(id));
    const connector = await open([heldCase(1)], letters);
    standIn.fault({ route: 'caseless', kind: 'shortList', times: 99 });
    await expect(gather(connector)).rejects.toMatchObject({ errorClass: 'truncated' });
  });

  it('gives a MedCom message as a page that a person can read', async () => {
    const connector = await open([heldCase(1)], [caselessLetter(801)]);
    const message = (await gather(connector)).documents.find(({ kind }) => kind === 'message');
    if (!message) throw new Error('The message is missing.');
    const { stream } = await connector.fetch(message, message.files[0].sourceFileId, listeningRun());
    expect((await bytesOf(stream)).toString()).toContain('<dt>Letter, Subject</dt><dd>Brev 801</dd>');
  });

  it.each([
    ['a view without a name', { view: '' }],
    ['no name of a link to a file', { fileLinks: [] }],
    ['an address without http', { baseUrl: 'solby.nexus.kmd.dk' }],
  ])('takes no settings with %s', async (_words, wrong) => {
    const { source } = await open([]);
    const make = (): unknown => createConnector(source, { ...standIn.readerSettings(), ...wrong });
    expect(make).toThrow(new RegExp(`^The settings of the source "nexus" .*${Object.keys(wrong)[0]}`));
  });

  it('says nothing of the citizen in the addresses it asks', async () => {
    await gather(await open(cases(2), [caselessLetter(801)]));
    expect(standIn.requests.length).toBeGreaterThan(5);
    expect(standIn.requests.join('\n').replace(/-/g, '')).not.toContain(CITIZEN.replace('-', ''));
  });
});

describe('an object of Nexus, field by field', () => {
  it('leaves nothing out but links and the numbers of the machinery', () => {
    const condition = {
      id: 7,
      name: 'Sår',
      severity: { name: 'Moderat', rank: 2 },
      notes: ['venstre fod', null, ''],
      isActive: true,
      _links: { self: { href: 'x' } },
    };
    expect(fieldsOf(condition)).toEqual([
      ['name', 'Sår'],
      ['severity, name', 'Moderat'],
      ['severity, rank', '2'],
      ['notes', 'venstre fod'],
      ['isActive', 'ja'],
    ]);
  });
});
