import ExcelJS from 'exceljs';
import { DocumentRow } from '../../src/gathering/document.entity';
import { AuditEntry } from '../../src/platform/audit-log/audit-entry.entity';
import { Browser } from '../../src/sandbox/demo/browser';
import { CLARA } from '../../src/sandbox/municipality/citizens';
import type { Carrier } from '../support/carry-request';
import { TestTown } from '../support/test-town';

const HEADINGS = { number: 1, id: 5, covered: 8, access: 9, reason: 10 };
const REASON = 'Tavshedsbelagte oplysninger – private forhold: brevet handler om en nabo';

describe('the list of documents in Excel', () => {
  let place: TestTown;
  let carrier: Carrier;
  let mette: Browser;
  let id: string;
  let here: string;

  beforeAll(async () => {
    place = await TestTown.start({ settings: { LIBREOFFICE: 'none' } });
    ({ carrier } = place);
    await place.town.run('all');
    ({ id } = await carrier.ask(CLARA));
    here = `/sagsbehandling/${id}/aktliste`;
    await carrier.waitFor(id, ['review']);
    mette = new Browser(place.town.publicUrl);
    await mette.logIn('/medarbejder', 'mette');
  });
  afterAll(async () => {
    await place?.stop();
  });

  const documents = () =>
    carrier.within((entities) => entities.find(DocumentRow, { where: { requestId: id }, order: { position: 'ASC' } }));
  const acts = async (action: string) =>
    (await carrier.within((entities) => entities.findBy(AuditEntry, { requestId: id }))).filter(
      (entry) => entry.action === action,
    );

  async function fetched(): Promise<ExcelJS.Workbook> {
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load((await mette.download(`${here}/dokumentliste.xlsx`)) as unknown as ExcelJS.Buffer);
    return workbook;
  }

  async function giveBack(workbook: ExcelJS.Workbook | Buffer): Promise<number> {
    const bytes = Buffer.isBuffer(workbook) ? workbook : Buffer.from(await workbook.xlsx.writeBuffer());
    await mette.open(here);
    return mette.sendWithFile(here, {}, { name: 'liste.xlsx', bytes });
  }

  it('is reached from the request, and has a line for every document', async () => {
    await mette.open(`/sagsbehandling/${id}`);
    expect(mette.links(/\/aktliste$/)).toEqual([here]);
    const sheet = (await fetched()).worksheets[0];
    const rows = await documents();
    expect(sheet.rowCount).toBe(rows.length + 1);
    expect(sheet.getColumn(HEADINGS.id).values.slice(2)).toEqual(rows.map(({ sourceDocumentId }) => sourceDocumentId));
    expect(await acts('list.export')).toMatchObject([{ actorKind: 'staff' }]);
  });

  it('shows what it would change before it changes anything, and what it cannot do', async () => {
    const workbook = await fetched();
    const [sheet] = workbook.worksheets;
    sheet.getCell(2, HEADINGS.covered).value = 'Nej';
    sheet.getCell(3, HEADINGS.access).value = 'Nej';
    sheet.getCell(3, HEADINGS.reason).value = REASON;
    sheet.getCell(4, HEADINGS.access).value = 'Måske';
    sheet.addRow(['99', '', '', '', 'findes-ikke']);
    expect(await giveBack(workbook)).toBe(200);
    expect(mette.text()).toContain('Hvad vil listen ændre?');
    expect(mette.text()).toContain('I brevet: »brevet handler om en nabo«');
    expect(mette.text()).toContain('Gives der aktindsigt skal være Ja, Nej eller Delvis');
    expect(mette.text()).toContain('Der er intet dokument med Dok ID findes-ikke');
    expect((await documents()).map(({ outcome }) => outcome)).toEqual((await documents()).map(() => 'open'));
  });

  it('does what was shown when the caseworker says yes, each decision in the log as hers', async () => {
    const [form] = mette.links(new RegExp(`${here}/[0-9a-f-]{36}$`));
    expect(await mette.send(form, { set: mette.field('set') })).toBe(200);
    expect(mette.text()).toContain('Det blev ændret');
    const [first, second, third] = await documents();
    expect(first).toMatchObject({ outcome: 'outside' });
    expect(second).toMatchObject({
      outcome: 'withheld',
      withheldGround: expect.stringMatching(/^(FVL-15B-5|OFL-30-1)$/),
    });
    expect(second.withheldReasonSealed?.includes('nabo')).toBe(false);
    expect(third.outcome).toBe('open');
    expect(await acts('list.import')).toHaveLength(1);
    expect([...(await acts('review.outside')), ...(await acts('review.withhold'))]).toHaveLength(2);
  });

  it('is not used a second time, nor after the request has changed', async () => {
    const workbook = await fetched();
    const [sheet] = workbook.worksheets;
    sheet.getCell(2, HEADINGS.covered).value = 'Ja';
    sheet.getCell(2, HEADINGS.access).value = 'Ja';
    await giveBack(workbook);
    const [form] = mette.links(new RegExp(`${here}/[0-9a-f-]{36}$`));
    expect(await mette.send(form, { set: 'noget andet' })).toBe(409);
    expect(mette.text()).toContain('Sagen er ændret');
    expect(await mette.send(form, { set: mette.field('set') })).toBe(200);
    expect((await documents())[0].outcome).toBe('open');
    expect(await mette.send(form, { set: 'igen' })).toBe(409);
    expect(mette.text()).toContain('Listen er allerede brugt');
  });

  it('changes nothing when it comes back as it was fetched', async () => {
    const before = await documents();
    await giveBack(await fetched());
    expect(mette.text()).toContain('Listen ændrer ikke noget');
    expect(await documents()).toEqual(before);
  });

  it('is refused in a sentence when it is no list', async () => {
    expect(await giveBack(Buffer.from('Akt ID;Dok ID'))).toBe(422);
    expect(mette.text()).toContain('Filen kan ikke læses som et Excel-ark');
    await mette.open(here);
    expect(await mette.sendWithFile(here, {})).toBe(422);
    expect(mette.text()).toContain('Vælg den udfyldte liste');
  });

  it('is closed to citizens and to those who may not work on requests', async () => {
    const clara = new Browser(place.town.publicUrl);
    await clara.logIn('/log-ind', 'clara');
    expect(await clara.open(here)).toBe(403);
    await expect(clara.download(`${here}/dokumentliste.xlsx`)).rejects.toThrow('403');
  });
});
