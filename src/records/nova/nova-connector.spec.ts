import { errorOf, fetched, gather, gatherBytes, lettersOf } from '../../../test/conformance/gather';
import { cases, CITIZEN, fullCase, heldCase, numbersOf, stranger } from '../../../test/conformance/held-by-the-source';
import { FAST, PAGE_SIZE } from '../../../test/conformance/subject';
import type { Connector } from '../../contracts';
import type { HeldCase } from '../../sandbox/records/holdings';
import { NovaStandIn } from '../../sandbox/nova/nova-stand-in';
import { createConnector } from '../connector-registry';

const SOURCE = { id: 'nova', kind: 'nova', name: 'vores sagssystem (KMD Nova)', owner: 'IT' };

/** What Nova asks beyond the rules of every connector. */
describe('reading KMD Nova', () => {
  let standIn: NovaStandIn;
  let connector: Connector;
  const open = async (held: HeldCase[], rowsAre: 'of the whole' | 'of the page' = 'of the whole'): Promise<void> => {
    standIn = await new NovaStandIn(held, [], rowsAre).start();
    connector = createConnector(SOURCE, { ...standIn.readerSettings(), ...FAST });
  };
  afterEach(() => standIn.stop());

  it.each([0, 1, PAGE_SIZE, PAGE_SIZE + 1])(
    'finds all of %d cases where numberOfRows is that of the page',
    async (count) => {
      await open(cases(count), 'of the page');
      expect(lettersOf((await gather(connector)).documents)).toEqual(numbersOf({ cases: cases(count) }));
    },
  );

  it('never checks a document out', async () => {
    await open([fullCase(1)]);
    expect(await gatherBytes(connector)).toBeGreaterThan(0);
    expect(standIn.checkOuts).toEqual([false, false]);
  });

  it('gives every party with its role, and the caseworker as an employee', async () => {
    const child = { name: 'Bo Vang Iversen', part: 'Underretter', cpr: CITIZEN };
    const worker = { name: 'Kim Juhl', part: 'Sagsbehandler', employee: true };
    await open([heldCase(1, { parties: [stranger, child, worker] })]);
    const [found] = (await gather(connector)).cases;
    expect(found.parties.map(({ role, roleText, employee }) => [role, roleText, employee])).toEqual([
      ['primary', 'Primær', undefined],
      ['secondary', 'Sekundær', undefined],
      ['other', 'caseworker', true],
    ]);
  });

  it('reads the text of a note from base64, whether it is plain or HTML', async () => {
    const note = { id: 5, title: 'Notat', date: '2024-02-01', author: 'KJ', html: '<p>Æblegrød & øl</p>' };
    await open([heldCase(1, { notes: [note], documents: [] })]);
    const [document] = (await gather(connector)).documents;
    expect((await fetched(connector, document)).toString()).toContain('<p>Æblegrød & øl</p>');
    expect(document).toMatchObject({ kind: 'journalNote', documentDate: '2024-02-01' });
  });

  it('says that a draft is one', async () => {
    const [held] = cases(1);
    await open([{ ...held, documents: [{ ...held.documents[0], draft: true }] }]);
    expect((await gather(connector)).documents).toMatchObject([{ state: 'draft' }]);
  });

  it('refuses to take a case that states more documents than it lists for whole', async () => {
    await open([fullCase(1)]);
    standIn.fault({ route: 'documents', kind: 'shortList', times: 99 });
    expect((await errorOf(gather(connector))).errorClass).toBe('truncated');
  });
});
