import { Delivery } from '../../src/delivery/delivery.entity';
import { AUDIT_POINTS } from '../../src/delivery/sample-audit/points';
import { danishDay } from '../../src/law';
import { AuditEntry } from '../../src/platform/audit-log/audit-entry.entity';
import { KeyRing } from '../../src/platform/keys/authority-keys';
import type { AccessRequest } from '../../src/requests/request.entity';
import { Browser } from '../../src/sandbox/demo/browser';
import type { Town } from '../../src/sandbox/demo/town';
import { CLARA } from '../../src/sandbox/municipality/citizens';
import { asSuperuser } from '../support/as-superuser';
import { answeredRequest } from '../support/answered-request';
import type { Carrier } from '../support/carry-request';
import { TestTown } from '../support/test-town';
import { pdfText } from '../browser/pdf-text';

let place: TestTown;
let town: Town;
let carrier: Carrier;
let request: AccessRequest;
let delivery: Delivery;
let lone: Browser;
const today = danishDay(new Date());

beforeAll(async () => {
  place = await TestTown.start();
  ({ town, carrier } = place);
  await town.run('all');
  request = await answeredRequest(carrier, CLARA);
  delivery = await carrier.within((entities) => entities.findOneByOrFail(Delivery, { requestId: request.id }));
  lone = await staff('lone');
});
afterAll(() => place?.stop());

async function staff(user: string): Promise<Browser> {
  const browser = new Browser(town.publicUrl);
  expect(await browser.logIn('/medarbejder', user)).toBe(200);
  return browser;
}

async function draw(browser = lone): Promise<string> {
  await browser.open('/arkiv/stikproever');
  expect(await browser.send('/arkiv/stikproever', { fra: today, til: today, antal: '10' })).toBe(200);
  const [item] = browser.links(/leverance\/[0-9a-f-]{36}$/);
  await browser.open(item);
  return item;
}

/** What is chosen on the page, as a browser would send it. */
function chosen(browser: Browser): Record<string, string> {
  const radios = [...browser.page.matchAll(/<input type="radio"[^>]*name="(svar-\d+)" value="(\w+)" checked/g)];
  return Object.fromEntries(radios.map(([, name, value]) => [name, value]));
}

describe('a sample audit', () => {
  it('refuses a period without answers, and a number that is none', async () => {
    await lone.open('/arkiv/stikproever');
    expect(await lone.send('/arkiv/stikproever', { fra: '2020-01-01', til: '2020-01-31', antal: '10' })).toBe(422);
    expect(lone.text()).toContain('Der er ikke godkendt noget svar i perioden');
    expect(await lone.send('/arkiv/stikproever', { fra: today, til: today, antal: 'mange' })).toBe(422);
    expect(lone.text()).toContain('fra 1 til 100');
    expect(await lone.send('/arkiv/stikproever', { fra: today, til: '2020-01-01', antal: '1' })).toBe(422);
    expect(lone.text()).toContain('Vælg en periode');
  });

  it('chooses beforehand what the program has seen, and nothing that only a person can judge', async () => {
    await draw();
    const answers = chosen(lone);
    expect(answers).toMatchObject({ 'svar-1': 'right', 'svar-6': 'right', 'svar-7': 'right', 'svar-9': 'right' });
    expect(Object.keys(answers)).not.toContain('svar-2');
    expect(Object.keys(answers)).not.toContain('svar-10');
    expect(lone.text()).toContain('aftrykkene passer');
    expect(lone.text()).toContain('stilet til den, der bad om aktindsigt');
  });

  it('finds a manifest that is not the approved one, and a message to somebody else', async () => {
    const item = await draw();
    const keys = await carrier.app.get(KeyRing).of(town.authorityId);
    const other = keys.seal('person_ref.cpr', '0113500001');
    const [{ manifest, cpr_sealed: own }]: { manifest: unknown; cpr_sealed: Buffer }[] = await carrier.within(
      (entities) =>
        entities.query('select d.manifest, p.cpr_sealed from decision d, person_ref p where d.id = $1 and p.id = $2', [
          delivery.decisionId,
          request.personRefId,
        ]),
    );
    const set = async (content: unknown, cpr: Buffer): Promise<void> => {
      await asSuperuser(town, (client) =>
        client.query('update decision set manifest = $2 where id = $1', [delivery.decisionId, JSON.stringify(content)]),
      );
      await asSuperuser(town, (client) =>
        client.query('update person_ref set cpr_sealed = $2 where id = $1', [request.personRefId, cpr]),
      );
    };
    const text = JSON.stringify(manifest).replace(/"sha256":"[0-9a-f]{64}"/, `"sha256":"${'0'.repeat(64)}"`);
    await set(JSON.parse(text), other);
    await lone.open(item);
    expect(lone.text()).toMatch(/er ikke den fil, der blev godkendt/);
    expect(lone.text()).toContain('Manifestet er ikke det, der blev godkendt');
    expect(lone.text()).toContain('stilet til en anden end den, der bad om aktindsigt');
    expect(chosen(lone)).toMatchObject({ 'svar-6': 'wrong', 'svar-7': 'wrong' });
    await set(manifest, own);
    await lone.open(item);
    expect(chosen(lone)).toMatchObject({ 'svar-6': 'right', 'svar-7': 'right' });
  });

  it('is not closed while a point is open, and asks for words where something is wrong', async () => {
    const item = await draw();
    const audit = item.replace(/\/leverance.*/, '');
    expect(await lone.send(item, { ...chosen(lone), 'svar-2': 'wrong' })).toBe(422);
    expect(lone.text()).toContain('Skriv, hvad der er galt ved punkt 2, Retsgrundlag');
    await lone.send(item, { 'svar-1': 'right' });
    await lone.open(audit);
    expect(await lone.send(`${audit}/afslut`, { konklusion: 'Alt er, som det skal være.' })).toBe(422);
    expect(lone.text()).toContain('10 punkter mangler at blive besvaret');
  });

  it('goes from draw to report: answers, a finding, what was done about it, conclusion, and a table to take along', async () => {
    const item = await draw();
    const audit = item.replace(/\/leverance.*/, '');
    const everything = Object.fromEntries(AUDIT_POINTS.map(({ number }) => [`svar-${number}`, 'right']));
    const note = 'Retsgrundlaget skulle være egenacces i den ene sag.';
    expect(await lone.send(item, { ...everything, 'svar-2': 'wrong', 'note-2': note })).toBe(200);
    expect(lone.text()).toContain(note);
    expect(await lone.send(`${audit}/afslut`, { konklusion: 'Én fejl i retsgrundlaget, ellers i orden.' })).toBe(200);
    expect(lone.text()).toContain('Hvad viste stikprøven?');
    expect(lone.text()).toContain('Frøet trækker de samme svar igen');
    const words = 'Sagsbehandleren har rettet og sendt en ny afgørelse.';
    expect(await lone.send(`${item}/opfoelgning`, { punkt: '2', opfoelgning: words })).toBe(200);
    expect(lone.text()).toContain(words);
    const report = (await lone.download(`${audit}/rapport.csv`)).toString('utf8');
    expect(report.split('\r\n').filter((line) => line.startsWith(request.number))).toHaveLength(AUDIT_POINTS.length);
    expect(report).toContain(`${request.number};`);
    expect(report).toMatch(/;2;Retsgrundlag;[^;]*;Forkert;Retsgrundlaget skulle være egenacces/);
    const text = await pdfText(await lone.download(`${audit}/rapport.pdf`));
    for (const said of ['Én fejl i retsgrundlaget, ellers i orden.', request.number, note, words])
      expect(text).toContain(said);
    expect(text).not.toContain('Clara');
    await lone.open(item);
    expect(lone.text()).toContain('Stikprøven er afsluttet');
    await lone.open('/arkiv/stikproever');
    expect(await lone.send(item, everything)).toBe(422);
  });

  it('is in the audit log, step by step, and keeps what people wrote out of it', async () => {
    const entries = await carrier.within((entities) =>
      entities
        .createQueryBuilder(AuditEntry, 'e')
        .where(`e.action like 'sample-audit.%' and e.action <> 'sample-audit.show'`)
        .orderBy('e.id')
        .getMany(),
    );
    expect(entries.slice(-4).map(({ action }) => action)).toEqual([
      'sample-audit.draw',
      'sample-audit.answer',
      'sample-audit.close',
      'sample-audit.follow-up',
    ]);
    expect(JSON.stringify(entries)).not.toContain('egenacces');
  });

  it('is not made on the own work', async () => {
    const item = await draw();
    const [{ id }]: { id: string }[] = await carrier.within((entities) =>
      entities.query(`select id from staff where name like 'Lone%'`),
    );
    await asSuperuser(town, (client) =>
      client.query('update decision set signed_by = $1 where id = $2', [id, delivery.decisionId]),
    );
    expect(await lone.send(item, { 'svar-1': 'right' })).toBe(422);
    expect(lone.text()).toContain('Du har selv afgjort eller godkendt svaret');
  });

  it('is read and not made by a data protection officer', async () => {
    const dorte = await staff('dorte');
    await dorte.open('/arkiv/stikproever');
    expect(dorte.text()).toContain('Er vores arbejde rigtigt?');
    expect(dorte.text()).not.toContain('Træk en ny stikprøve');
    expect(await dorte.send('/arkiv/stikproever', { fra: today, til: today, antal: '1' })).toBe(403);
    expect(dorte.text()).toContain('Som databeskyttelsesrådgiver kan du læse alt her');
  });
});
