import { setUpAuthority } from '../../src/platform/database/authority-set-up';
import { AuditEntry } from '../../src/platform/audit-log/audit-entry.entity';
import { Proposal } from '../../src/redaction/proposal.entity';
import { Redaction } from '../../src/redaction/redaction.entity';
import { Browser } from '../../src/sandbox/demo/browser';
import type { Town } from '../../src/sandbox/demo/town';
import { CLARA } from '../../src/sandbox/municipality/citizens';
import { Carrier } from '../support/carry-request';
import { TestTown } from '../support/test-town';
import { NABO } from '../support/platform-app';

const NOWHERE = '00000000-0000-4000-8000-000000000000';

describe("the caseworker's pages", () => {
  let place: TestTown;
  let town: Town;
  let carrier: Carrier;
  let mette: Browser;
  let id: string;
  let here: string;
  const decisions = () => carrier.within((entities) => entities.findBy(Redaction, { requestId: id }));

  beforeAll(async () => {
    place = await TestTown.start();
    ({ town, carrier } = place);
    await town.run('all');
    ({ id } = await carrier.ask(CLARA));
    here = `/sagsbehandling/${id}`;
    await carrier.waitFor(id, ['review']);
    mette = new Browser(town.publicUrl);
    await mette.logIn('/medarbejder', 'mette');
  });
  afterAll(async () => {
    await place?.stop();
  });

  /** A proposal to remove that nobody has decided, with its document and page in the address. */
  async function openProposal(): Promise<{ proposal: Proposal; page: string }> {
    const found = await carrier.within(async (entities) => {
      const open = await entities.find(Proposal, { where: { requestId: id, redact: true }, order: { id: 'ASC' } });
      const decided = new Set((await entities.findBy(Redaction, { requestId: id })).map((each) => each.proposalId));
      return open.find((each) => !decided.has(each.id)) as Proposal;
    });
    const [{ document_id: dok }]: { document_id: string }[] = await carrier.within((entities) =>
      entities.query('select document_id from file where id = $1', [found.fileId]),
    );
    return { proposal: found, page: `${here}/gennemgang/${dok}/${found.page + 1}` };
  }

  it('are closed to a citizen, and to an employee without the role', async () => {
    const clara = new Browser(town.publicUrl);
    await clara.logIn('/log-ind', 'clara');
    expect(await clara.open('/sagsbehandling')).toBe(403);
    expect(await clara.open(here)).toBe(403);
    const lone = new Browser(town.publicUrl);
    await lone.logIn('/medarbejder', 'lone');
    expect(await lone.open(here)).toBe(403);
    expect(lone.text()).not.toContain('Clara Overby Sand');
  });

  it("do not know another authority's request, nor one that never was", async () => {
    const { MASTER_KEY_FILE } = town.settings;
    const ownerUrl = ownerOf(town);
    const naboId = await setUpAuthority(ownerUrl, MASTER_KEY_FILE, NABO);
    const nabo = await Carrier.start(town.settings, naboId);
    const theirs = await nabo.ask({ cpr: '0101901234', name: 'Anden Borger' });
    await nabo.stop();
    for (const address of [theirs.id, NOWHERE, 'ikke-et-nummer']) {
      expect(await mette.open(`/sagsbehandling/${address}`)).toBe(404);
      expect(await mette.open(`/sagsbehandling/${address}/godkend`)).toBe(404);
      expect(mette.text()).not.toContain('Anden Borger');
    }
  });

  it('show the queue by deadline, with the request in it', async () => {
    expect(await mette.open('/sagsbehandling')).toBe(200);
    expect(mette.text()).toContain('Clara Overby Sand');
    expect(mette.links(/^\/sagsbehandling\/[0-9a-f-]{36}$/)).toEqual([here]);
  });

  it('show where the request stands, its balance and one next step', async () => {
    expect(await mette.open(here)).toBe(200);
    expect(mette.text()).toMatch(/Regnskabet stemmer(?! ikke)/);
    expect(mette.text()).toContain('Ansøgning om parkeringskort');
    expect(mette.links(/\/gennemgang\//).length).toBeGreaterThanOrEqual(4);
  });

  it('show a page as a picture that no cache keeps, and write down who looked', async () => {
    const { page } = await openProposal();
    const picture = await mette.download(`${page}/billede.png`);
    expect(picture.subarray(1, 4).toString()).toBe('PNG');
    const looked = await carrier.within((entities) =>
      entities.findBy(AuditEntry, { requestId: id, action: 'vault.read', actorKind: 'staff' }),
    );
    expect(looked.map((entry) => entry.reason)).toContain('A page is shown in the review.');
  });

  it('refuse a ground that does not fit the basis, with a sentence on the same page', async () => {
    const { proposal, page } = await openProposal();
    await mette.open(page);
    expect(await mette.send(`${page}/forslag/${proposal.id}`, { afgoerelse: 'fjern', hjemmel: 'OFL-30-1' })).toBe(422);
    expect(mette.text()).toContain('Bestemmelsen kan ikke bruges på dette retsgrundlag');
    expect(await decisions()).toEqual([]);
  });

  it('store a decision, say who made it, and take it back', async () => {
    const { proposal, page } = await openProposal();
    await mette.open(page);
    expect(await mette.send(`${page}/forslag/${proposal.id}`, { afgoerelse: 'fjern', hjemmel: 'FVL-15B-5' })).toBe(200);
    expect(mette.text()).toContain('Mette Holm Agerskov i dag kl.');
    expect(await decisions()).toMatchObject([{ proposalId: proposal.id, decision: 'remove', groundId: 'FVL-15B-5' }]);
    expect(await mette.send(`${page}/fortryd`)).toBe(200);
    expect(await decisions()).toEqual([]);
  });

  it('remove a text where it stands, or say that it does not stand there', async () => {
    const { page } = await openProposal();
    await mette.open(page);
    expect(await mette.send(`${page}/tilfoej`, { tekst: 'Findes slet ikke her', slags: 'privat' })).toBe(422);
    expect(mette.text()).toContain('Teksten står ikke sådan på siden');
    expect(await mette.send(`${page}/tilfoej`, { tekst: 'clara', slags: 'navn' })).toBe(200);
    const added = await decisions();
    expect(added.length).toBeGreaterThan(0);
    expect(added.every((each) => each.proposalId === null && each.type === 'NAME')).toBe(true);
    for (const each of added) await mette.send(`${page}/forslag/${each.id}`, { afgoerelse: 'behold' });
    expect(await decisions()).toEqual([]);
  });

  it('turn a drawn field into a box of the page', async () => {
    const { page } = await openProposal();
    await mette.open(page);
    const drawn = { tekst: '', x: '100', y: '50', bredde: '80', hoejde: '20', slags: 'privat', hjemmel: '' };
    expect(await mette.send(`${page}/tilfoej`, drawn)).toBe(200);
    const [box] = await decisions();
    expect(box.boxes).toHaveLength(1);
    const [left, bottom, right, top] = box.boxes[0];
    expect([left, right - left, top - bottom]).toEqual([100, 80, 20].map((value) => expect.closeTo(value, 1)));
    expect(await mette.send(`${page}/fortryd`)).toBe(200);
  });

  it('say what is missing while the review is open, and make no package', async () => {
    await mette.open(`${here}/afgoerelse`);
    expect(mette.text()).toMatch(/\d+ forslag er ikke afgjort/);
    expect(await mette.send(`${here}/afgoerelse`, { handling: 'dan-pakke' })).toBe(409);
    expect((await carrier.request(id)).state).toBe('review');
  });

  it('carry the request from review to signed, by two people', async () => {
    await mette.open(here);
    expect(await mette.send(`${here}/alle`)).toBe(200);
    expect((await carrier.request(id)).assignedTo).not.toBeNull();
    await mette.open(`${here}/afgoerelse`);
    expect(
      await mette.send(`${here}/afgoerelse`, { handling: 'gem', 'hensyn_FVL-15B-5': 'andre har krav på fred' }),
    ).toBe(200);
    await mette.open(`${here}/afgoerelse`);
    expect(mette.page).toContain('>andre har krav på fred</textarea>');
    expect(await mette.send(`${here}/afgoerelse`, { handling: 'dan-pakke', 'hensyn_FVL-15B-5': 'kort' })).toBe(422);
    const words = { 'hensyn_FVL-15B-5': 'oplysningerne handler om andres private forhold' };
    expect(await mette.send(`${here}/afgoerelse`, { handling: 'dan-pakke', ...words })).toBe(200);
    await carrier.waitFor(id, ['ready']);

    await mette.open(`${here}/godkend`);
    const [letter] = mette.links(/\/godkend\/filer\//);
    expect((await mette.download(letter)).subarray(0, 5).toString()).toBe('%PDF-');
    const manifest = mette.field('manifest');
    expect(await mette.send(`${here}/godkend`, { manifest })).toBe(422);
    expect(mette.text()).toContain('Sæt kryds i, at du har set pakken');
    expect(await mette.send(`${here}/godkend`, { manifest, bekraeft: 'ja' })).toBe(422);
    expect(mette.text()).toContain('skal godkendes af en anden');

    const jens = new Browser(town.publicUrl);
    await jens.logIn('/medarbejder', 'jens');
    await jens.open(`${here}/godkend`);
    expect(await jens.send(`${here}/godkend`, { manifest: '0'.repeat(64), bekraeft: 'ja' })).toBe(422);
    expect(jens.text()).toContain('Svaret er ændret, siden du åbnede siden');
    expect(await jens.send(`${here}/godkend`, { manifest: jens.field('manifest'), bekraeft: 'ja' })).toBe(200);
    expect(jens.text()).toContain('Godkendt af Jens Peter Rosendal');
    await carrier.waitFor(id, ['delivered']);
  });

  it('let nothing be changed after that', async () => {
    await mette.open(here);
    expect(await mette.send(`${here}/alle`)).toBe(409);
    expect(mette.text()).toContain('er ikke til gennemgang nu');
  });
});

/** The owner's address of the town's database, which the program does not know. */
function ownerOf({ settings }: Town): string {
  const admin = new URL(process.env['TEST_POSTGRES_ADMIN_URL'] as string);
  admin.pathname = new URL(settings.DATABASE_URL).pathname;
  return admin.href;
}
