import { fetched, gather, gatherBytes, lettersOf } from '../../../test/conformance/gather';
import { CITIZEN, fullCase, heldCase, letter, stranger } from '../../../test/conformance/held-by-the-source';
import { FAST } from '../../../test/conformance/subject';
import type { Connector } from '../../contracts';
import { GetOrganizedStandIn } from '../../sandbox/getorganized/getorganized-stand-in';
import type { HeldCase } from '../../sandbox/records/holdings';
import { createConnector } from '../connector-registry';

const SOURCE = { id: 'go', kind: 'getorganized', name: 'vores sagssystem (GetOrganized)', owner: 'IT' };
const { pageSize: _unset, ...HTTP } = FAST;
const secondary = { name: 'Bo Vang Iversen', part: 'Part', cpr: CITIZEN };

/** What GetOrganized asks beyond the rules of every connector. */
describe('reading GetOrganized', () => {
  let standIn: GetOrganizedStandIn;
  let settings: Record<string, unknown>;
  let connector: Connector;
  const open = async (held: HeldCase[]): Promise<void> => {
    standIn = await new GetOrganizedStandIn(held).start();
    settings = { ...standIn.readerSettings(), ...HTTP };
    connector = createConnector(SOURCE, settings);
  };
  afterEach(() => standIn.stop());

  it('logs in once and goes on with that connection', async () => {
    await open([fullCase(1), fullCase(2)]);
    await gatherBytes(connector);
    expect(standIn.logins).toBe(1);
  });

  it.each([true, false])('takes a file above 10 MB from the library itself (size in the list: %s)', async (isShown) => {
    const bytes = 11 * 1024 * 1024;
    const files = [{ id: 1000, name: 'Brev 100.pdf', content: { bytes } }];
    await open([heldCase(1, { documents: [letter(100, { files })] })]);
    standIn.isSizeShown = isShown;
    const [document] = (await gather(connector)).documents;
    expect((await fetched(connector, document)).length).toBe(bytes);
    const asked = standIn.requests.filter((request) => request.includes('/DocumentBytes/'));
    expect(asked.length > 0).toBe(!isShown);
  });

  it('follows a pointer to a document of another case, and reports it', async () => {
    const pointer = letter(100, { pointsTo: 900 });
    await open([heldCase(1, { documents: [pointer] }), heldCase(9, { parties: [stranger] })]);
    const { documents, gaps } = await gather(connector);
    expect(gaps).toMatchObject([{ kind: 'pointer', sourceDocumentId: '100' }]);
    expect(documents.map(({ sourceDocumentId, files }) => [sourceDocumentId, files[0].sourceFileId])).toEqual([
      ['100', '900'],
    ]);
    expect((await fetched(connector, documents[0])).toString()).toContain('900');
  });

  it('reports a pointer to something that is not there', async () => {
    await open([heldCase(1, { documents: [letter(100, { pointsTo: 4711 }), letter(101)] })]);
    const { documents, gaps } = await gather(connector);
    expect(lettersOf(documents)).toEqual([101]);
    expect(gaps).toMatchObject([{ kind: 'not_found', sourceDocumentId: '100' }]);
  });

  it('finds sub-cases of a case, also those that do not name the citizen', async () => {
    const documents = [1, 2, 3, 4, 5, 6, 7, 8].map((nth) => letter(200 + nth));
    await open([heldCase(1), heldCase(2, { parentId: 1, parties: [], documents })]);
    const gathered = await gather(connector);
    expect(lettersOf(gathered.documents)).toEqual([100, ...documents.map(({ id }) => id)]);
    expect(gathered.cases.map(({ sourceCaseId, parentSourceCaseId }) => [sourceCaseId, parentSourceCaseId])).toEqual([
      ['EMN-2024-000001', undefined],
      ['EMN-2024-000001-002', 'EMN-2024-000001'],
    ]);
  });

  it('asks for all cases, of every kind', async () => {
    await open(Array.from({ length: 12 }, (_, index) => heldCase(index + 1)));
    expect((await gather(connector)).cases).toHaveLength(12);
  });

  it("admits that it finds the case's contact only where no field of parties is set", async () => {
    await open([heldCase(1), heldCase(2, { parties: [stranger, secondary] })]);
    const { partyFields: _fields, ...plain } = settings;
    const narrow = createConnector(SOURCE, plain);
    expect(narrow.coverage.partyRoles).toEqual(['primary']);
    expect(lettersOf((await gather(narrow)).documents)).toEqual([100]);
    expect(lettersOf((await gather(connector)).documents)).toEqual([100, 200]);
  });
});
