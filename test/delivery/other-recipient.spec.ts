import 'reflect-metadata';
import { Mandate } from '../../src/delivery/mandate.entity';
import { Recipients } from '../../src/delivery/recipients';
import { AuditEntry } from '../../src/platform/audit-log/audit-entry.entity';
import { RequestEvent } from '../../src/requests/request-event.entity';
import { Browser } from '../../src/sandbox/demo/browser';
import type { Town } from '../../src/sandbox/demo/town';
import { ApprovableRequests, testCpr } from '../support/approvable-request';
import type { Carrier } from '../support/carry-request';
import { TestTown } from '../support/test-town';

describe('the form that sets another recipient', () => {
  let place: TestTown;
  let town: Town;
  let carrier: Carrier;
  let requests: ApprovableRequests;
  let jens: Browser;
  const paper = { name: 'fuldmagt.pdf', bytes: Buffer.from('%PDF-1.7 En underskrevet fuldmagt') };
  const firm = { modtager: 'firma', nummer: '12 34 56 78', navn: 'Advokathuset Vest', gaelder_til: '2099-01-31' };
  const address = { vej: 'Torvet', husnr: '3b', etage: '1.', doer: 'th.', postnr: '8000' };
  let id: string;
  let cpr: string;
  const save = async (fields: Record<string, string>, file?: typeof paper) => {
    await jens.open(`/sagsbehandling/${id}`);
    return jens.sendWithFile(`/sagsbehandling/${id}/fuldmagt`, fields, file);
  };

  beforeAll(async () => {
    place = await TestTown.start();
    ({ town, carrier } = place);
    requests = await ApprovableRequests.for(carrier, town.authorityId);
    await town.run('all');
    jens = new Browser(town.publicUrl);
    await jens.logIn('/medarbejder', 'jens');
    cpr = testCpr(8500);
    id = await requests.make({ cpr });
  });
  afterAll(() => place?.stop());

  const boxOf = async (number: string) =>
    (await town.digitalPost.control.messages()).filter(({ recipientCpr }) => recipientCpr === number);

  it.each<[string, Record<string, string>, typeof paper | undefined, string]>([
    ['a CVR number of seven digits', { nummer: '1234567' }, paper, 'Skriv firmaets CVR-nummer med otte cifre.'],
    ['no name', { navn: ' ' }, paper, 'Skriv firmaets navn.'],
    ['a mandate that has ended', { gaelder_til: '2020-01-31' }, paper, 'Datoen er passeret.'],
    ['no file', {}, undefined, 'Vælg filen med fuldmagten eller det andet bevis.'],
    ['a file of another kind', {}, { name: 'x.txt', bytes: Buffer.from('hej') }, 'Filen skal være en PDF eller'],
    ['half an address', { vej: 'Torvet' }, paper, 'Skriv firmaets vej, husnummer og postnummer'],
    ['a person by a CVR number', { modtager: 'vaerge' }, paper, 'Skriv modtagerens personnummer med ti cifre.'],
  ])('refuses %s, and says what is wrong', async (_what, change, file, sentence) => {
    expect(await save({ ...firm, ...change }, file)).toBe(409);
    expect(jens.text()).toContain(sentence);
    expect(await carrier.within((entities) => entities.countBy(Mandate, { requestId: id }))).toBe(0);
  });

  it("refuses the citizen's own number as that of somebody else", async () => {
    expect(await save({ ...firm, modtager: 'person', nummer: cpr }, paper)).toBe(409);
    expect(jens.text()).toContain('Det er borgerens eget personnummer.');
    expect(jens.page).not.toContain(cpr);
  });

  it('sets a person, and the citizen again', async () => {
    const guardian = testCpr(8501);
    await save(
      { modtager: 'vaerge', nummer: `${guardian.slice(0, 6)}-${guardian.slice(6)}`, navn: 'Vera Værge' },
      paper,
    );
    expect(jens.text()).toContain('Vera Værge er værge for borgeren og får svaret i sin Digital Post.');
    await jens.send(`/sagsbehandling/${id}/fuldmagt`, { modtager: 'borgeren' });
    expect(jens.text()).toContain('Hvem får svaret? Borgeren selv.');
  });

  it('sets the firm with its address, keeps the mandate, and logs who looked at it', async () => {
    expect(await save({ ...firm, ...address }, paper)).toBe(200);
    expect(jens.text()).toContain(
      'Advokathuset Vest (CVR 12345678) har fuldmagt til og med 31. januar 2099 og får svaret i sin Digital Post, eller som brev, hvis firmaet ikke har en postkasse.',
    );
    const [href] = jens.links(/\/fuldmagt\/[0-9a-f-]{36}$/);
    expect(await jens.download(href)).toEqual(paper.bytes);
    const read = await carrier.within((entities) =>
      entities.findBy(AuditEntry, { requestId: id, action: 'mandate.read' }),
    );
    expect(read).toHaveLength(1);
    const recipient = await carrier.within(async (entities) =>
      carrier.app.get(Recipients).of(entities, await carrier.request(id)),
    );
    expect(recipient).toMatchObject({
      kind: 'firm',
      cvr: '12345678',
      address: {
        name: 'Advokathuset Vest',
        street: 'Torvet',
        building: '3B',
        floor: '1',
        suite: 'TH',
        postCode: '8000',
      },
    });
  });

  it('the approver sees who receives; it lies in the mailbox of the firm, and the recipient is settled', async () => {
    await jens.open(`/sagsbehandling/${id}/godkend`);
    expect(jens.text()).toContain('Digital Post til Advokathuset Vest (CVR 12345678), der har fuldmagt fra borgeren');
    const fields = ['manifest', 'modtager', 'cpr'].map((name) => [name, jens.field(name)] as [string, string]);
    await jens.send(`/sagsbehandling/${id}/godkend`, [...fields, ['bekraeft', 'ja']]);
    await carrier.waitFor(id, ['delivered'], 30_000);
    expect(await boxOf('12345678')).toHaveLength(1);
    expect(await boxOf(cpr)).toEqual([]);
    const told = await carrier.within((entities) =>
      entities.findBy(RequestEvent, { requestId: id, kind: 'delivered' }),
    );
    expect(told.map(({ words }) => words)).toEqual(['Svaret er afleveret til den, der får det på dine vegne.']);
    await jens.open(`/sagsbehandling/${id}`);
    expect(jens.text()).not.toContain('En anden end borgeren får svaret');
    await jens.open('/sagsbehandling');
    expect(await jens.sendWithFile(`/sagsbehandling/${id}/fuldmagt`, firm, paper)).toBe(409);
  });
});
