import { inspect } from 'node:util';
import { bytesOf, gather, lettersOf, listeningRun } from '../../../test/conformance/gather';
import { CITIZEN, fullCase, heldCase, letter } from '../../../test/conformance/held-by-the-source';
import type { Connector } from '../../contracts';
import { AcadreStandIn } from '../../sandbox/acadre';
import type { FaultKind } from '../../sandbox/records/faults';
import { createConnector } from '../connector-registry';

describe('Formpipe Acadre', () => {
  let standIn: AcadreStandIn;
  let connector: Connector & { close?(): Promise<void> };
  const open = async (...held: ConstructorParameters<typeof AcadreStandIn>): Promise<Connector> => {
    standIn = await new AcadreStandIn(...held).start();
    const source = { id: 'acadre', kind: 'acadre', name: 'vores sagssystem (Acadre)', owner: 'IT' };
    const patience = { retries: 0, timeoutMs: 500, requestsPerSecond: 5000 };
    return (connector = createConnector(source, { ...standIn.readerSettings(), ...patience }));
  };
  afterEach(async () => {
    await connector.close?.();
    await standIn.stop();
  });

  it('searches every type of case, open and closed', async () => {
    // Numbers that follow each other are of different types here.
    const held = [1, 2, 3, 4, 5, 6].map((id) => heldCase(id, id % 2 ? {} : { closedAt: '2020-01-01' }));
    const { cases, gaps } = await gather(await open(held));
    expect(cases.map(({ sourceCaseId }) => Number(sourceCaseId)).sort()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(gaps).toEqual([]);
  });

  it('reads past the 500 where the program that this was read in stopped', async () => {
    const held = Array.from({ length: 1530 }, (_, index) => heldCase(index * 3 + 1, { documents: [] }));
    const found: string[] = [];
    const given = new AbortController();
    const run = listeningRun(given.signal);
    await open(held);
    // The search is over before the first case is read; nothing is read of the others.
    for await (const each of connector.discover({ cprs: [CITIZEN] }, run)) {
      found.push(each.sourceCaseId);
      break;
    }
    const pages = standIn.requests.filter((request) => request.endsWith('/api/v8/case'));
    expect(found).toHaveLength(1);
    expect(pages).toHaveLength(16 + 5);
  });

  it("does not show a child's number as the title of a case", async () => {
    const [found] = (await gather(await open([heldCase(1, { title: CITIZEN.replace('-', '') })]))).cases;
    expect(found.title).toBe('Sag 32.24.04-G01-1-24');
  });

  it('gives supplements with the document they hang on', async () => {
    const documents = [letter(100), letter(101, { parentId: 100 }), letter(102, { parentId: 100 })];
    const { documents: found, claims } = await gather(await open([heldCase(1, { documents })]));
    expect(lettersOf(found)).toEqual([100, 101, 102]);
    expect(found.filter(({ parentSourceDocumentId }) => parentSourceDocumentId === '100')).toHaveLength(2);
    expect(claims).toContainEqual({ of: 'documents', count: 1, sourceCaseId: '1' });
  });

  it('gives a note as the RTF file that Acadre keeps', async () => {
    const note = (await gather(await open([fullCase(1)]))).documents.find(({ kind }) => kind === 'journalNote');
    if (!note) throw new Error('The note is missing.');
    const { stream } = await connector.fetch(note, note.files[0].sourceFileId, listeningRun());
    expect((await bytesOf(stream)).toString()).toMatch(/^\{\\rtf1/);
  });

  it('reports a case that the page search leaves out and the services name', async () => {
    // The fourth search is that for open cases of their type.
    await open([heldCase(1), heldCase(4)]);
    standIn.fault({ route: 'search', kind: 'shortList', after: 3 });
    const { cases, gaps } = await gather(connector);
    expect(cases).toHaveLength(2);
    expect(gaps.map(({ kind }) => kind)).toContain('count_mismatch');
  });

  it('refuses an account whose password is wrong', async () => {
    await open([heldCase(1)]);
    const wrong = createConnector(connector.source, { ...standIn.readerSettings(), password: 'et andet', retries: 0 });
    await expect(gather(wrong)).rejects.toMatchObject({ errorClass: 'auth' });
  });

  // The page search has the number in its address, as Acadre wants it.
  const kinds: FaultKind[] = ['401', '403', '429', '500', 'html200', 'truncated', 'slow'];
  it.each(kinds)('tells nothing of the citizen when the search ends in %s', async (kind) => {
    await open([heldCase(1)]);
    standIn.fault({ route: 'search', kind, times: 99 });
    const error: unknown = await gather(connector).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(inspect(error, { depth: null }).replace(/\D/g, '')).not.toContain(CITIZEN.replace('-', ''));
  });

  it('takes no address of a service that it does not know', async () => {
    await open([]);
    const settings = { ...standIn.readerSettings(), serviceUrl: 'https://acadre.solby.example/PWS/' };
    expect(() => createConnector(connector.source, settings)).toThrow(/7\.asmx/);
  });
});
