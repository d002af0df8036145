import { errorOf, fetched, gather, gatherBytes, lettersOf } from '../../../test/conformance/gather';
import {
  caselessLetter,
  CITIZEN,
  fullCase,
  heldCase,
  letter,
  PDF,
  stranger,
} from '../../../test/conformance/held-by-the-source';
import { FAST } from '../../../test/conformance/subject';
import type { Connector } from '../../contracts';
import { F2StandIn } from '../../sandbox/f2/f2-stand-in';
import type { HeldCase, HeldCaseless, HeldFile } from '../../sandbox/records/holdings';
import { createConnector } from '../connector-registry';

const SOURCE = { id: 'f2', kind: 'f2', name: 'vores sagssystem (F2)', owner: 'IT' };
const { pageSize: _unpaged, ...HTTP } = FAST;
const secondary = { name: 'Bo Vang Iversen', part: 'Part', cpr: CITIZEN };

/** What F2 asks beyond the rules of every connector. */
describe('reading F2', () => {
  let standIn: F2StandIn;
  let settings: Record<string, unknown>;
  let connector: Connector;
  const open = async (
    held: HeldCase[],
    caseless: HeldCaseless[] = [],
    texts?: Map<number, HeldFile>,
  ): Promise<void> => {
    standIn = await new F2StandIn(held, caseless, texts).start();
    settings = { ...standIn.readerSettings(), ...HTTP };
    connector = createConnector(SOURCE, settings);
  };
  afterEach(() => standIn.stop());

  it('gives the text of a matter as a document of its own, with the documents attached to it', async () => {
    const text = { id: 5, name: 'tekst.pdf', content: PDF };
    await open([heldCase(1)], [], new Map([[100, text]]));
    const { documents } = await gather(connector);
    expect(documents.map((each) => [each.sourceDocumentId, each.parentSourceDocumentId])).toEqual([
      ['akt-100', undefined],
      ['100', 'akt-100'],
    ]);
    expect(await fetched(connector, documents[0])).toEqual(PDF);
  });

  it("takes the day as it stands, since F2 writes the server's own time without a zone", async () => {
    await open([heldCase(1, { documents: [letter(100, { date: '2024-01-01' })] })]);
    expect((await gather(connector)).documents).toMatchObject([{ documentDate: '2024-01-01', direction: 'ind' }]);
  });

  it('says in the gap what F2 gives as its reason', async () => {
    await open([heldCase(1, { forbidden: true })]);
    const { gaps } = await gather(connector);
    expect(gaps).toMatchObject([{ kind: 'forbidden', sentence: expect.stringContaining('DossierNoReadAccess') }]);
  });

  it('waits for what is locked, and says so when it stays locked', async () => {
    await open([fullCase(1)]);
    const whole = await gatherBytes(connector);
    standIn.fault({ route: 'documents', kind: '423' });
    expect(await gatherBytes(connector)).toBe(whole);
    standIn.fault({ route: 'documents', kind: '423', times: 99 });
    expect((await errorOf(gather(connector))).errorClass).toBe('locked');
  });

  it("admits that it finds the case's own number only where no query for involved parties is installed", async () => {
    await open([heldCase(1), heldCase(2, { parties: [stranger, secondary] })]);
    const { involvedPartyQuery: _query, ...plain } = settings;
    const narrow = createConnector(SOURCE, plain);
    expect(narrow.coverage.partyRoles).toEqual(['primary']);
    expect(narrow.coverage.knownGaps.join(' ')).toContain('involveret part');
    expect(lettersOf((await gather(narrow)).documents)).toEqual([100]);
    expect(lettersOf((await gather(connector)).documents)).toEqual([100, 200]);
  });

  it('fetches by a connector that did not list, as after a restart', async () => {
    await open([fullCase(1)], [caselessLetter(801)]);
    const { documents } = await gather(connector);
    const later = createConnector(SOURCE, settings);
    for (const document of documents) expect((await fetched(later, document)).length).toBe(document.files[0].size);
  });

  it('makes up no address: everything but the service index is found by links', async () => {
    await open([fullCase(1)]);
    await gather(connector);
    const guessed = standIn.requests.filter((request) => !/ \/f2\/main\/rest(\/|$)/.test(request));
    expect(guessed).toEqual([]);
  });
});
